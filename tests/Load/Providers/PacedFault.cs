using Microsoft.AspNetCore.Http;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Load.Providers;

/// <summary>The right answer, late.</summary>
internal sealed class PacedFault(TimeSpan latency, Action<TimeSpan> took) : Fault
{
    internal override async Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        await Task.Delay(latency, leaving.Token);
        await LoopbackProvider.SendAsync(context, reply, stopping);
        took(TimeProvider.System.GetElapsedTime(start));
    }
}

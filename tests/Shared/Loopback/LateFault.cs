using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>Takes its time, the same for every request, as a provider does that is far away.</summary>
internal sealed class LateFault(TimeSpan latency) : Fault
{
    internal override async Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        await Task.Delay(latency, TimeProvider.System, either.Token);
        await LoopbackProvider.SendAsync(context, reply, either.Token);
    }
}

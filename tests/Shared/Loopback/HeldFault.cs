using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>Keeps its answers, of one request or of many, until the test lets them out.</summary>
public sealed class HeldFault : Fault
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _released.TrySetResult();

    internal override async Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        await _released.Task.WaitAsync(either.Token);
        await LoopbackProvider.SendAsync(context, reply, either.Token);
    }
}

using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>Takes the request and says nothing until the client leaves or the server ends.</summary>
public sealed class HangFault : Fault
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the client has closed its connection.</summary>
    public Task ClientLeft => _left.Task;

    public override bool BeforeAnswer => true;

    internal override async Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var aborted = context.RequestAborted.Register(() => _left.TrySetResult());
        await using var ended = stopping.Register(() => gone.TrySetResult());
        await Task.WhenAny(_left.Task, gone.Task);
        context.Abort();
    }
}

using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>Sends the head at once and the body piece by piece, each behind a gate that the test opens: slow without a clock.</summary>
public sealed class SlowDripFault(int pieceBytes) : Fault, IDisposable
{
    private readonly SemaphoreSlim _gate = new(0);

    /// <summary>Lets out so many more pieces.</summary>
    public void Release(int pieces = 1) => _gate.Release(pieces);

    /// <summary>Lets out all that is left.</summary>
    public void ReleaseAll() => _gate.Release(1_000_000);

    public void Dispose() => _gate.Dispose();

    internal override async Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        await LoopbackProvider.SendHeadAsync(context, reply, either.Token);
        foreach (var piece in reply.Body.Chunk(pieceBytes))
        {
            await _gate.WaitAsync(either.Token);
            await context.Response.Body.WriteAsync(piece, either.Token);
            await context.Response.Body.FlushAsync(either.Token);
        }
    }
}

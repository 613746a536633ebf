using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>Breaks the connection: at once, or after so many bytes of a body that was announced whole.</summary>
internal sealed class ResetFault(int? afterBytes) : Fault
{
    public override bool BeforeAnswer => afterBytes is null;

    internal override async Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping)
    {
        if (afterBytes is { } count)
        {
            await LoopbackProvider.SendHeadAsync(context, reply, stopping);
            await context.Response.Body.WriteAsync(reply.Body.AsMemory(0, Math.Min(count, reply.Body.Length - 1)), stopping);
            await context.Response.Body.FlushAsync(stopping);
        }

        context.Abort();
    }
}

using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>Another answer in place of the right one.</summary>
internal sealed class BodyFault(Func<LoopbackReply, LoopbackReply> change) : Fault
{
    internal override Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping) =>
        LoopbackProvider.SendAsync(context, change(reply), stopping);
}

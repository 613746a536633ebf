using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>The server spoils the audio that it makes; what it answers then is sent as it is.</summary>
internal sealed class BadAudioFault(AudioFault audio) : Fault
{
    public override AudioFault Audio => audio;

    internal override Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping) => LoopbackProvider.SendAsync(context, reply, stopping);
}

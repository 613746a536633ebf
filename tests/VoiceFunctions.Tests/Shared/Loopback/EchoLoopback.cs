using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Shared.Loopback;

/// <summary>The smallest provider: answers speech to whoever is authorised.</summary>
internal sealed class EchoLoopback : LoopbackProvider
{
    protected override LoopbackReply Answer(LoopbackRequest request, AudioFault fault) =>
        request.Header("Authorization") is null
            ? LoopbackReply.Json("{}", 401)
            : new LoopbackReply(200, "audio/wav", Speak(request.Text, "wav", 16_000, fault));
}

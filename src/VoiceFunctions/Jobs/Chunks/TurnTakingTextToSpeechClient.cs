using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Has each synthesis wait for its job's turn at the provider that it names.</summary>
internal sealed class TurnTakingTextToSpeechClient(ITextToSpeechClient inner, ProviderTurns turns) : DelegatingTextToSpeechClient(inner)
{
    public override async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        using var turn = await turns.For(call.Provider!, SpeechOperation.Synthesis).TakeAsync(call.Job!, cancellationToken);
        return await InnerClient.GetAudioAsync(text, options, cancellationToken);
    }
}

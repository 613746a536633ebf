using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Has each recognition wait for its job's turn at the provider that it names.</summary>
internal sealed class TurnTakingSpeechToTextClient(ISpeechToTextClient inner, ProviderTurns turns) : DelegatingSpeechToTextClient(inner)
{
    public override async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        using var turn = await turns.For(call.Provider!, SpeechOperation.Recognition).TakeAsync(call.Job!, cancellationToken);
        return await InnerClient.GetTextAsync(audioSpeechStream, options, cancellationToken);
    }
}

using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Usage;

/// <summary>Meters each synthesis that passes through.</summary>
internal sealed class MeteringTextToSpeechClient(ITextToSpeechClient inner, UsageMeter meter) : DelegatingTextToSpeechClient(inner)
{
    public override Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        meter.MeasureAsync(
            new MeteredCall(SpeechOperation.Synthesis, options.GetCall()) { Text = text },
            () => InnerClient.GetAudioAsync(text, options, cancellationToken),
            response => response.GetOutcome());

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);
}

using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Usage;

/// <summary>Meters each recognition that passes through.</summary>
internal sealed class MeteringSpeechToTextClient(ISpeechToTextClient inner, UsageMeter meter) : DelegatingSpeechToTextClient(inner)
{
    public override Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        return meter.MeasureAsync(
            new MeteredCall(SpeechOperation.Recognition, call)
            {
                Audio = (audioSpeechStream as InspectedAudio)?.Duration ?? (call.AudioSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
            },
            () => InnerClient.GetTextAsync(audioSpeechStream, options, cancellationToken),
            response => response.GetOutcome());
    }

    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);
}

using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Transcription;

/// <summary>
/// Gives a provider the recording in a form that it takes, as it came where it can, else as WAV, 16 kHz mono, and looks at what comes back: no text for
/// audible speech, or one phrase over and over, is the provider's failure.
/// </summary>
internal sealed class ConformingSpeechToTextClient(ISpeechToTextClient inner, ProviderCatalog catalog, SpeechPresence presence) : DelegatingSpeechToTextClient(inner)
{
    public override async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var recording = (InspectedAudio)audioSpeechStream;
        var call = options.GetCall();
        var model = catalog.Find(call.Provider!)!.RecognitionModels.First(candidate => candidate.Id == options!.ModelId);
        var response = model.Containers.Contains(recording.Container)
            ? await InnerClient.GetTextAsync(recording, options, cancellationToken)
            : await GetTextFromWavAsync(recording, options!, call, cancellationToken);

        try
        {
            await CheckAsync(recording, response.Text, call.Provider!, cancellationToken);
        }
        catch (ProviderException failure)
        {
            throw failure.AsBilled(response.GetOutcome());
        }

        // Measured here, so that it is the same whoever recognised it.
        return response.WithOutcome(response.GetOutcome() with { Duration = Math.Round(recording.Duration.TotalSeconds, 3) });
    }

    private async Task<SpeechToTextResponse> GetTextFromWavAsync(InspectedAudio recording, SpeechToTextOptions options, SpeechCall call, CancellationToken cancellationToken)
    {
        await using var wav = recording.OpenWav();
        return await InnerClient.GetTextAsync(wav, options.Clone().WithCall(call with { Container = AudioContainer.Wav }), cancellationToken);
    }

    private async Task CheckAsync(InspectedAudio recording, string text, string provider, CancellationToken cancellationToken)
    {
        if (RepeatedPhrase.Fills(text))
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, "The transcript repeats one phrase over and over.");
        }

        if (string.IsNullOrWhiteSpace(text) && await presence.IsSpeechAsync(recording, cancellationToken) is true)
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, "There is speech in the recording and no text in the transcript.");
        }
    }
}

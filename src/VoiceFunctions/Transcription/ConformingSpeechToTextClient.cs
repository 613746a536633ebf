using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Transcription;

/// <summary>Gives a provider the recording in a container that it takes: as it came where it can, else as WAV, 16 kHz mono.</summary>
internal sealed class ConformingSpeechToTextClient(ISpeechToTextClient inner, ProviderCatalog catalog) : DelegatingSpeechToTextClient(inner)
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
        // Measured here, so that it is the same whoever recognised it.
        return response.WithOutcome(response.GetOutcome() with { Duration = Math.Round(recording.Duration.TotalSeconds, 3) });
    }

    private async Task<SpeechToTextResponse> GetTextFromWavAsync(InspectedAudio recording, SpeechToTextOptions options, SpeechCall call, CancellationToken cancellationToken)
    {
        await using var wav = recording.OpenWav();
        return await InnerClient.GetTextAsync(wav, options.Clone().WithCall(call with { Container = AudioContainer.Wav }), cancellationToken);
    }
}

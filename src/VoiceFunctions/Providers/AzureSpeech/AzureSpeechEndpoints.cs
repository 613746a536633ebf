namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>
/// Where the three calls go. A region: https://learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech; a resource's own domain, with
/// synthesis under <c>/tts</c>: https://learn.microsoft.com/azure/ai-services/speech-service/speech-services-private-link.
/// </summary>
internal sealed record AzureSpeechEndpoints(Uri Synthesis, Uri Voices, Uri Transcription)
{
    private const string Transcribe = "speechtotext/transcriptions:transcribe?api-version=2025-10-15";

    public static AzureSpeechEndpoints? Of(AzureSpeechOptions options)
    {
        if (options.Endpoint is { } endpoint)
        {
            var root = endpoint.AbsoluteUri.TrimEnd('/');
            return new(new Uri($"{root}/tts/cognitiveservices/v1"), new Uri($"{root}/tts/cognitiveservices/voices/list"), new Uri($"{root}/{Transcribe}"));
        }

        return options.Region is { Length: > 0 } region
            ? new(
                new Uri($"https://{region}.tts.speech.microsoft.com/cognitiveservices/v1"),
                new Uri($"https://{region}.tts.speech.microsoft.com/cognitiveservices/voices/list"),
                new Uri($"https://{region}.api.cognitive.microsoft.com/{Transcribe}"))
            : null;
    }
}

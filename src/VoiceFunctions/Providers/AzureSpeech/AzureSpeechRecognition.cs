using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>Recognition by fast transcription: https://learn.microsoft.com/azure/ai-services/speech-service/fast-transcription-create.</summary>
internal sealed class AzureSpeechRecognition(
    HttpClient client, AzureSpeechEndpoints endpoints, AzureSpeechAuthorization authorization, RecognitionModel model, IReadOnlyList<string> candidates, TimeProvider time)
    : ISpeechToTextClient
{
    /// <summary>Two hours of words with timings come to some megabytes.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>The service looks for so many at most; more take longer.</summary>
    private const int MaxSpeakers = 10;

    /// <summary>Phrases that a list holds (https://learn.microsoft.com/azure/ai-services/speech-service/improve-accuracy-phrase-list).</summary>
    private const int MaxPhrases = 500;

    /// <exception cref="ProviderException">The provider failed, refused, or answered what is not a transcription.</exception>
    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        using var form = new MultipartFormDataContent();
        form.Add(Part(new AzureAudioContent(audioSpeechStream), "audio", MediaType(call.Container), "audio"));
        form.Add(Part(
            new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Definition(options?.SpeechLanguage, call), AzureSpeechJsonContext.Default.AzureTranscriptionDefinition)),
            "definition",
            "application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoints.Transcription) { Content = form };
        await authorization.ApplyAsync(request, synthesis: false, cancellationToken);
        using var response = await ProviderHttp.SendAsync(client, AzureSpeechProvider.Name, request, time, cancellationToken);
        var body = await ProviderHttp.ReadAsync(response.Content, AzureSpeechProvider.Name, MaxBytes, cancellationToken);
        return AzureTranscriptionResult.Of(Parse(body), model, call);
    }

    /// <summary>One update with the whole text.</summary>
    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The client belongs to the HTTP client factory.
    }

    private AzureTranscriptionDefinition Definition(string? language, SpeechCall call)
    {
        string[] phrases = call.Prompt?.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return new AzureTranscriptionDefinition
        {
            Locales = language is not null ? [AzureSpeechLocales.Of(language)] : candidates.Count > 0 ? candidates : null,
            Diarization = call.Diarize ? new AzureTranscriptionDefinition.Speakers(Enabled: true, MaxSpeakers) : null,
            PhraseList = phrases.Length > 0 ? new AzureTranscriptionDefinition.Expected([.. phrases.Distinct().Take(MaxPhrases)]) : null,
        };
    }

    private static AzureTranscription Parse(byte[] body)
    {
        try
        {
            return body.Length > 0 && JsonSerializer.Deserialize(body, AzureSpeechJsonContext.Default.AzureTranscription) is ({ CombinedPhrases: not null } or { Phrases: not null }) and var parsed
                ? parsed
                : throw new ProviderException(AzureSpeechProvider.Name, ProviderFailureKind.BadResult, "The answer holds no transcription.");
        }
        catch (JsonException exception)
        {
            throw new ProviderException(AzureSpeechProvider.Name, ProviderFailureKind.BadResult, "The answer is not the JSON that it should be.", exception);
        }
    }

    private static HttpContent Part(HttpContent content, string name, string mediaType, string? fileName = null)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"", FileName = fileName is null ? null : $"\"{fileName}\"" };
        return content;
    }

    private static string MediaType(AudioContainer container) => container switch
    {
        AudioContainer.Wav => "audio/wav",
        AudioContainer.Mp3 => "audio/mpeg",
        AudioContainer.Ogg => "audio/ogg",
        AudioContainer.Flac => "audio/flac",
        AudioContainer.Mp4 => "audio/mp4",
        AudioContainer.Matroska => "audio/webm",
        AudioContainer.Adts => "audio/aac",
        AudioContainer.Amr => "audio/amr",
        _ => throw new ProviderException(AzureSpeechProvider.Name, ProviderFailureKind.InvalidRequest, $"Audio in {container} is not taken."),
    };
}

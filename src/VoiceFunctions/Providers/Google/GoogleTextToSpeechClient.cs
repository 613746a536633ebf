using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Google;

/// <summary>Cloud Text-to-Speech v1, <c>text:synthesize</c> (https://cloud.google.com/text-to-speech/docs/reference/rest/v1/text/synthesize).</summary>
internal sealed class GoogleTextToSpeechClient(IHttpClientFactory clients, IOptions<GoogleOptions> options, TimeProvider time) : ITextToSpeechClient
{
    /// <summary>5,000 bytes of text at the slowest speed and 48 kHz stay below it, in Base64 too.</summary>
    private const long MaxAnswerBytes = 256 * 1024 * 1024;

    public async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        var model = GoogleModels.Synthesis.FirstOrDefault(model => model.Id == options?.ModelId) ?? throw GoogleProvider.Refuse("The model is not known.");
        var voice = options?.VoiceId ?? throw GoogleProvider.Refuse("A voice is missing.");
        var (encoding, format, mediaType) = options.AudioFormat switch
        {
            "wav" => ("LINEAR16", AudioFormat.Wav, "audio/wav"),
            "opus" => ("OGG_OPUS", AudioFormat.Opus, "audio/ogg"),
            "mp3" => ("MP3", AudioFormat.Mp3, "audio/mpeg"),
            _ => throw GoogleProvider.Refuse("The audio format is not one that Google delivers."),
        };
        if (Encoding.UTF8.GetByteCount(text) > GoogleModels.MaxTextBytes)
        {
            throw GoogleProvider.Refuse($"The text is longer than {GoogleModels.MaxTextBytes} bytes.");
        }

        if (call.Ssml)
        {
            GoogleSsml.Check(text);
        }

        // The rate is always named, so that the chunks of one file agree whatever their voices' own rates are.
        var sampleRate = call.SampleRate ?? model.SampleRate;
        var answer = await GoogleProvider.PostAsync(
            clients.CreateClient(GoogleProvider.HttpClient),
            GoogleProvider.Address(Settings.SynthesisEndpoint, "v1/text:synthesize"),
            new GoogleSynthesizeRequest(
                call.Ssml ? new(null, text) : new(text, null),
                new(LanguageOf(voice, options.Language), voice),
                new(encoding, options.Speed is { } speed ? (double)(decimal)speed : null, sampleRate)),
            GoogleJsonContext.Default.GoogleSynthesizeRequest,
            GoogleJsonContext.Default.GoogleSynthesizeResponse,
            MaxAnswerBytes,
            time,
            cancellationToken);
        if (answer.AudioContent is not { Length: > 0 } audio)
        {
            throw GoogleProvider.Refuse("The answer holds no audio.", ProviderFailureKind.BadResult);
        }

        var characters = text.EnumerateRunes().Count();
        return new TextToSpeechResponse([new DataContent(audio, mediaType)]) { ModelId = model.Id }.WithOutcome(new SpeechOutcome
        {
            Provider = GoogleProvider.Name,
            Model = model.Id,
            Voice = voice,
            Format = format,
            SampleRate = sampleRate,
            Units = new(characters, BillingUnit.Characters),
            CostUsd = model.Price?.Of(characters),
        });
    }

    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(TextToSpeechClientMetadata) ? new TextToSpeechClientMetadata(GoogleProvider.Name, Settings.SynthesisEndpoint)
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private GoogleOptions Settings => options.Value;

    /// <summary>A voice's name begins with its own language, and another language beside it is refused.</summary>
    private static string LanguageOf(string voice, string? language) =>
        voice.Split('-') is [var tongue, var region, _, ..] ? $"{tongue}-{region}" : language ?? throw GoogleProvider.Refuse("A language is missing.");
}

using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Yandex;

/// <summary>
/// SpeechKit synthesis, API v1 (https://yandex.cloud/en/docs/speechkit/tts/request). A voice in a role is a voice of its own here: <c>jane-evil</c> is
/// voice <c>jane</c> with emotion <c>evil</c>.
/// </summary>
internal sealed class YandexTextToSpeechClient(IHttpClientFactory clients, IOptions<YandexOptions> options, TimeProvider time) : ITextToSpeechClient
{
    /// <summary>The longest text at the slowest speed: about an hour of LPCM at 48 kHz.</summary>
    private const long MaxAnswerBytes = 512 * 1024 * 1024;

    public async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        var model = YandexModels.Synthesis.FirstOrDefault(model => model.Id == options?.ModelId) ?? throw YandexProvider.Refuse("The model is not known.");
        var voice = options?.VoiceId is { } id
            ? model.Voices.FirstOrDefault(voice => voice.Id == id) ?? throw YandexProvider.Refuse("The voice is not known.")
            : throw YandexProvider.Refuse("A voice is missing.");
        var (format, audioFormat, mediaType, sampleRate) = options.AudioFormat switch
        {
            "pcm" => ("lpcm", AudioFormat.Pcm, "audio/l16", RateFor(call.SampleRate ?? model.SampleRate)),
            // Opus decodes at 48 kHz (RFC 7845, 5.1). At what rate the MP3 is, Yandex does not say.
            "opus" => ("oggopus", AudioFormat.Opus, "audio/ogg", 48_000),
            "mp3" => ("mp3", AudioFormat.Mp3, "audio/mpeg", default(int?)),
            _ => throw YandexProvider.Refuse("The audio format is not one that Yandex delivers."),
        };
        var characters = text.EnumerateRunes().Count();
        if (characters > YandexModels.MaxTextCharacters)
        {
            throw YandexProvider.Refuse($"The text is longer than {YandexModels.MaxTextCharacters} characters.");
        }

        if (call.Ssml)
        {
            YandexSsml.Check(text);
        }

        using var form = new FormUrlEncodedContent(Fields(text, call.Ssml, voice, format, audioFormat is AudioFormat.Pcm ? sampleRate : null, options.Speed));
        if (form.Headers.ContentLength > YandexModels.MaxFormBytes)
        {
            throw YandexProvider.Refuse($"The form is larger than {YandexModels.MaxFormBytes} bytes.");
        }

        var audio = await YandexProvider.PostAsync(
            clients.CreateClient(YandexProvider.HttpClient),
            Settings,
            YandexProvider.Address(Settings.SynthesisEndpoint, "speech/v1/tts:synthesize"),
            form,
            wantsAudio: true,
            MaxAnswerBytes,
            time,
            cancellationToken);
        if (audio.Length is 0)
        {
            throw YandexProvider.Refuse("The answer holds no audio.", ProviderFailureKind.BadResult);
        }

        return new TextToSpeechResponse([new DataContent(audio, mediaType)]) { ModelId = model.Id }.WithOutcome(new SpeechOutcome
        {
            Provider = YandexProvider.Name,
            Model = model.Id,
            Voice = voice.Id,
            Format = audioFormat,
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
        : serviceType == typeof(TextToSpeechClientMetadata) ? new TextToSpeechClientMetadata(YandexProvider.Name, Settings.SynthesisEndpoint)
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private YandexOptions Settings => options.Value;

    /// <summary>The lowest rate that loses nothing of the one asked for; the outcome names it.</summary>
    private static int? RateFor(int wanted) => wanted switch
    {
        <= 8_000 => 8_000,
        <= 16_000 => 16_000,
        _ => 48_000,
    };

    private IEnumerable<KeyValuePair<string, string>> Fields(string text, bool ssml, ProviderVoice voice, string format, int? sampleRate, float? speed)
    {
        var role = voice.Id.Split('-');
        yield return new(ssml ? "ssml" : "text", text);
        yield return new("lang", voice.Languages[0]);
        yield return new("voice", role[0]);
        yield return new("format", format);
        if (role.Length > 1)
        {
            yield return new("emotion", role[1]);
        }

        if (speed is { } factor)
        {
            yield return new("speed", ((decimal)factor).ToString(CultureInfo.InvariantCulture));
        }

        if (sampleRate is { } hertz)
        {
            yield return new("sampleRateHertz", hertz.ToString(CultureInfo.InvariantCulture));
        }

        if (Settings.FolderId is { Length: > 0 } folder)
        {
            yield return new("folderId", folder);
        }
    }
}

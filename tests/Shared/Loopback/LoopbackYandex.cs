using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>SpeechKit's API v1 (https://yandex.cloud/en/docs/speechkit/tts/request, https://yandex.cloud/en/docs/speechkit/stt/api/request-api).</summary>
public sealed class LoopbackYandex : LoopbackProvider
{
    public const string ApiKey = "yandex-key-77e0";
    public const string IamToken = "t1.yandex-token-3b9c";
    private static readonly string[] Languages =
        ["auto", "de-DE", "en-US", "es-ES", "fi-FI", "fr-FR", "he-HE", "it-IT", "kk-KZ", "nl-NL", "pl-PL", "pt-PT", "ru-RU", "sv-SE", "tr-TR", "uz-UZ"];

    /// <summary>Voices with their language and the emotions that they have (…/speechkit/tts/voices, those of v1).</summary>
    private static readonly Dictionary<string, (string Language, string[] Emotions)> Voices = new(StringComparer.Ordinal)
    {
        ["marina"] = ("ru-RU", ["neutral", "whisper", "friendly"]),
        ["alena"] = ("ru-RU", ["neutral", "good"]),
        ["jane"] = ("ru-RU", ["neutral", "good", "evil"]),
        ["omazh"] = ("ru-RU", ["neutral", "evil"]),
        ["filipp"] = ("ru-RU", []),
        ["ermil"] = ("ru-RU", ["neutral", "good"]),
        ["zahar"] = ("ru-RU", ["neutral", "good"]),
        ["madi_ru"] = ("ru-RU", []),
        ["lea"] = ("de-DE", []),
        ["john"] = ("en-US", []),
        ["amira"] = ("kk-KZ", []),
        ["madi"] = ("kk-KZ", []),
        ["nigora"] = ("uz-UZ", []),
    };

    /// <summary>The text that stt:recognize hears.</summary>
    public string Recognition { get; set; } = "привет мир";

    protected override LoopbackReply Answer(LoopbackRequest request, AudioFault fault) => (request.Method, request.Path) switch
    {
        _ when request.Header("Authorization") is not ($"Api-Key {ApiKey}" or $"Bearer {IamToken}") =>
            LoopbackReply.Json($$"""{"error_code":"UNAUTHORIZED","error_message":"rpc error: {{request.Header("Authorization")}}"}""", 401),
        ("POST", "/speech/v1/tts:synthesize") => Synthesize(request, fault),
        ("POST", "/speech/v1/stt:recognize") => Recognize(request),
        _ => LoopbackReply.Json("""{"code":5,"message":"Not found"}""", 404),
    };

    private LoopbackReply Synthesize(LoopbackRequest request, AudioFault fault)
    {
        if (request.ContentType is not "application/x-www-form-urlencoded" || request.Body.Length > 15 * 1024)
        {
            return Bad("form");
        }

        var form = Form(request);
        var (text, ssml) = (form.GetValueOrDefault("text"), form.GetValueOrDefault("ssml"));
        var spoken = text ?? ssml;
        if ((text is null) == (ssml is null) || spoken!.EnumerateRunes().Count() is 0 or > 5000 || ssml?.StartsWith("<speak", StringComparison.Ordinal) is false
            || !Voices.TryGetValue(form.GetValueOrDefault("voice", "marina"), out var voice) || form.GetValueOrDefault("lang", "ru-RU") != voice.Language
            || (form.TryGetValue("emotion", out var emotion) && !voice.Emotions.Contains(emotion))
            || !double.TryParse(form.GetValueOrDefault("speed", "1.0"), CultureInfo.InvariantCulture, out var speed) || speed is < 0.1 or > 3
            || form.GetValueOrDefault("folderId", "").Length > 50)
        {
            return Bad("field");
        }

        return (form.GetValueOrDefault("format", "oggopus"), form.GetValueOrDefault("sampleRateHertz", "48000")) switch
        {
            ("lpcm", "8000" or "16000" or "48000") =>
                new(200, "audio/x-pcm", Speak(spoken, "pcm", int.Parse(form.GetValueOrDefault("sampleRateHertz", "48000"), CultureInfo.InvariantCulture), fault)),
            ("oggopus", _) => new(200, "audio/ogg", Speak(spoken, "opus", 48_000, fault)),
            ("mp3", _) => new(200, "audio/mpeg", Speak(spoken, "mp3", 48_000, fault)),
            _ => Bad("format"),
        };
    }

    private LoopbackReply Recognize(LoopbackRequest request)
    {
        var rate = request.Query.GetValueOrDefault("sampleRateHertz", "48000");
        var fits = request.Query.GetValueOrDefault("format", "oggopus") switch
        {
            // A header among bare samples is heard as noise; the loopback says so instead.
            "lpcm" => rate is "8000" or "16000" or "48000" && !request.Body.AsSpan().StartsWith("RIFF"u8)
                && request.Body.Length / 2.0 / int.Parse(rate, CultureInfo.InvariantCulture) <= 30,
            "oggopus" => request.Body.AsSpan().StartsWith("OggS"u8),
            _ => false,
        };
        return request.Body.Length > 1024 * 1024 ? LoopbackReply.Json("""{"error_code":"BAD_REQUEST","error_message":"audio should be less than 1 MB"}""", 413)
            : !fits || request.Body.Length is 0 || !Languages.Contains(request.Query.GetValueOrDefault("lang", "ru-RU")) ? Bad("audio")
            : LoopbackReply.Json(new JsonObject { ["result"] = Recognition }.ToJsonString());
    }

    public static Dictionary<string, string> Form(LoopbackRequest request) =>
        QueryHelpers.ParseQuery(request.Text).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

    private static LoopbackReply Bad(string what) => LoopbackReply.Json($$"""{"error_code":"BAD_REQUEST","error_message":"rpc error: {{what}}"}""", 400);
}

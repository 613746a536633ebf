using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>
/// Cloud Text-to-Speech v1, Cloud Speech-to-Text v1 and a token server in one, after the discovery documents of the APIs
/// (https://texttospeech.googleapis.com/$discovery/rest?version=v1, https://speech.googleapis.com/$discovery/rest?version=v1).
/// </summary>
public sealed class LoopbackGoogle : LoopbackProvider
{
    public const string ApiKey = "google-key-8c1f";
    public const string AccessToken = "google-token-51ad";
    private const int MaxPayload = 10 * 1024 * 1024;

    /// <summary>What speech:recognize answers to a request that it accepts.</summary>
    public string Recognition { get; set; } = """
        {"results":[{"alternatives":[{"transcript":"hello world","confidence":0.9}],"resultEndTime":"1.500s","languageCode":"en-us"}],"totalBilledTime":"2s"}
        """;

    /// <summary>Turns an answer of text:synthesize that goes out into another.</summary>
    public Func<string, string>? Audio64 { get; set; }

    protected override LoopbackReply Answer(LoopbackRequest request, AudioFault fault) => (request.Method, request.Path) switch
    {
        ("POST", "/token") => Token(request),
        _ when Credentials(request) is { } refusal => refusal,
        ("POST", "/v1/text:synthesize") => Synthesize(request, fault),
        ("POST", "/v1/speech:recognize") => Recognize(request),
        ("GET", "/v1/voices") => LoopbackReply.Json("""{"voices":[{"languageCodes":["en-US"],"name":"en-US-Neural2-C","ssmlGender":"FEMALE"}]}"""),
        _ => Error(404, "NOT_FOUND"),
    };

    /// <summary>A key that is missing is forbidden; one that is not valid is, of all things, a bad request.</summary>
    private static LoopbackReply? Credentials(LoopbackRequest request) => (request.Header("X-Goog-Api-Key"), request.Header("Authorization")) switch
    {
        (null, null) => Error(403, "PERMISSION_DENIED"),
        (ApiKey, _) or (_, $"Bearer {AccessToken}") => null,
        (null, _) => Error(401, "UNAUTHENTICATED"),
        _ => Error(400, "INVALID_ARGUMENT", """{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}"""),
    };

    /// <summary>RFC 7523, as Google's token server has it: a signed assertion for a token.</summary>
    private static LoopbackReply Token(LoopbackRequest request) =>
        request.Text.Contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer", StringComparison.Ordinal)
        && request.Text.Contains("assertion=ey", StringComparison.Ordinal)
            ? LoopbackReply.Json($$"""{"access_token":"{{AccessToken}}","expires_in":3599,"token_type":"Bearer"}""")
            : LoopbackReply.Json("""{"error":"invalid_grant","error_description":"Invalid JWT"}""", 400);

    private LoopbackReply Synthesize(LoopbackRequest request, AudioFault fault)
    {
        var body = Parse(request);
        var (text, ssml) = ((string?)body?["input"]?["text"], (string?)body?["input"]?["ssml"]);
        var config = body?["audioConfig"];
        var rate = (int?)config?["sampleRateHertz"] ?? 24_000;
        var speed = (double?)config?["speakingRate"] ?? 1;
        var format = (string?)config?["audioEncoding"] switch { "LINEAR16" => "wav", "MP3" => "mp3", "OGG_OPUS" => "opus", _ => null };
        var (language, voice) = ((string?)body?["voice"]?["languageCode"], (string?)body?["voice"]?["name"]);
        if ((text is null) == (ssml is null) || format is null || language is null || voice?.StartsWith(language, StringComparison.Ordinal) is not true
            || Encoding.UTF8.GetByteCount(text ?? ssml!) is 0 or > 5000 || rate is < 8000 or > 48_000 || speed is < 0.25 or > 2
            || ssml?.StartsWith("<speak", StringComparison.Ordinal) is false || (ssml is not null && voice.Contains("Chirp", StringComparison.Ordinal)))
        {
            return Error(400, "INVALID_ARGUMENT");
        }

        var audio = Convert.ToBase64String(Speak(text ?? ssml!, format, rate, fault));
        return LoopbackReply.Json(new JsonObject { ["audioContent"] = Audio64?.Invoke(audio) ?? audio }.ToJsonString());
    }

    private LoopbackReply Recognize(LoopbackRequest request)
    {
        var config = Parse(request)?["config"];
        var audio = Decode((string?)Parse(request)?["audio"]?["content"]);
        var rate = (int?)config?["sampleRateHertz"];
        var fits = (string?)config?["encoding"] switch
        {
            "LINEAR16" => audio.AsSpan().StartsWith("RIFF"u8) || rate is not null,
            "FLAC" => audio.AsSpan().StartsWith("fLaC"u8),
            "OGG_OPUS" => audio.AsSpan().StartsWith("OggS"u8) && rate is 8000 or 12_000 or 16_000 or 24_000 or 48_000,
            _ => false,
        };
        var phrases = config?["speechContexts"]?.AsArray().SelectMany(context => context!["phrases"]!.AsArray()).Select(phrase => (string)phrase!).ToList() ?? [];
        return request.Body.Length > MaxPayload || audio is [] || !fits || (string?)config?["languageCode"] is not { } language
            || !language.Contains('-', StringComparison.Ordinal) || phrases.Count > 5000 || phrases.Any(phrase => phrase.Length > 100)
                ? Error(400, "INVALID_ARGUMENT")
                : LoopbackReply.Json(Recognition);
    }

    private static byte[] Decode(string? content)
    {
        var bytes = new byte[content?.Length ?? 0];
        return Convert.TryFromBase64String(content ?? "", bytes, out var count) ? bytes[..count] : [];
    }

    private static JsonNode? Parse(LoopbackRequest request)
    {
        try
        {
            return JsonNode.Parse(request.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Google's messages quote the request; the loopback's quote its own secrets, so that a test sees one that leaks.</summary>
    private static LoopbackReply Error(int status, string code, string detail = "") =>
        LoopbackReply.Json($$$"""{"error":{"code":{{{status}}},"message":"refused {{{ApiKey}}} {{{AccessToken}}}","status":"{{{code}}}","details":[{{{detail}}}]}}""", status);

    /// <summary>A key file of a service account that gets its tokens here.</summary>
    public string ServiceAccountJson()
    {
        using var rsa = RSA.Create(2048);
        return new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = "loopback",
            ["private_key_id"] = "1",
            ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = "tests@loopback.iam.gserviceaccount.com",
            ["client_id"] = "1",
            ["token_uri"] = new Uri(Endpoint, "token").AbsoluteUri,
        }.ToJsonString();
    }
}

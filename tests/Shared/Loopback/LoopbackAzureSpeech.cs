using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>
/// Azure Speech as documented: synthesis (https://learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech) under a region's path and
/// under a resource's own, the list of voices, and fast transcription of 2025-10-15. Refuses what the real one refuses.
/// </summary>
public sealed partial class LoopbackAzureSpeech : LoopbackProvider
{
    private static readonly XNamespace Ssml = "http://www.w3.org/2001/10/synthesis";
    private static readonly XNamespace Mstts = "http://www.w3.org/2001/mstts";

    private static readonly HashSet<XName> Elements =
    [
        Ssml + "p", Ssml + "s", Ssml + "break", Ssml + "prosody", Ssml + "emphasis", Ssml + "say-as", Ssml + "phoneme", Ssml + "sub", Ssml + "lang", Ssml + "audio",
        Ssml + "bookmark", Mstts + "express-as", Mstts + "silence",
    ];

    private readonly ConcurrentQueue<LoopbackSpoken> _spoken = new();

    public string Key { get; init; } = "loopback-azure-key-0123456789";

    /// <summary>The token that a managed identity would get.</summary>
    public string Token { get; init; } = "loopback-entra-token";

    public string ResourceId { get; init; } = "/subscriptions/1/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/speech";

    /// <summary>The answer to any transcription; a test sets what it needs.</summary>
    public string Transcription { get; set; } = """
        {"durationMilliseconds":2000,"combinedPhrases":[{"text":"Hello there. General."}],"tomorrow":{"x":[1]},"phrases":[
        {"speaker":1,"offsetMilliseconds":0,"durationMilliseconds":1500,"text":"Hello there.","locale":"en-US","confidence":0.9,"words":[
        {"text":"Hello","offsetMilliseconds":0,"durationMilliseconds":700},{"text":"there.","offsetMilliseconds":700,"durationMilliseconds":800}]},
        {"speaker":2,"offsetMilliseconds":1500,"durationMilliseconds":500,"text":"General.","locale":"en-US","confidence":0.5,"words":[
        {"text":"General.","offsetMilliseconds":1500,"durationMilliseconds":500}]}]}
        """;

    /// <summary>What was said, by whom, in order.</summary>
    public IReadOnlyList<LoopbackSpoken> Spoken => [.. _spoken];

    protected override LoopbackReply Answer(LoopbackRequest request, AudioFault fault) => (request.Method, request.Path) switch
    {
        ("POST", "/cognitiveservices/v1" or "/tts/cognitiveservices/v1") => Authorised(request, synthesis: true) ? Synthesise(request, fault) : LoopbackReply.Text("", 401),
        ("GET", "/cognitiveservices/voices/list" or "/tts/cognitiveservices/voices/list") =>
            Authorised(request, synthesis: true) ? LoopbackReply.Json("""[{"ShortName":"en-US-JennyNeural","Locale":"en-US","Gender":"Female"}]""") : LoopbackReply.Text("", 401),
        ("POST", "/speechtotext/transcriptions:transcribe") => Authorised(request, synthesis: false) ? Transcribe(request) : LoopbackReply.Json("{}", 401),
        _ => LoopbackReply.Text("", 404),
    };

    private static LoopbackReply Refuse(string why) => LoopbackReply.Json($$"""{"code":"InvalidRequest","message":"{{why}}"}""", 400);

    private static bool Has(JsonElement root, string name, out JsonElement value) => root.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null;

    [GeneratedRegex("^(riff|raw)-(8khz|16khz|22050hz|24khz|44100hz|48khz)-16bit-mono-pcm$|^audio-(16khz-(32|64|128)|24khz-(48|96|160)|48khz-(96|192))kbitrate-mono-mp3$|^ogg-(16|24|48)khz-16bit-mono-opus$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OutputFormat { get; }

    [GeneratedRegex("^[a-z]{2,3}-[A-Z]{2}-[A-Za-z]+Neural$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VoiceName { get; }

    private bool Authorised(LoopbackRequest request, bool synthesis) => request.Header("Authorization") is { } bearer
        ? bearer == (synthesis ? $"Bearer aad#{ResourceId}#{Token}" : $"Bearer {Token}")
        : request.Header("Ocp-Apim-Subscription-Key") == Key;

    private LoopbackReply Synthesise(LoopbackRequest request, AudioFault fault)
    {
        var format = request.Header("X-Microsoft-OutputFormat") ?? "";
        if (request.ContentType?.StartsWith("application/ssml+xml", StringComparison.Ordinal) is not true)
        {
            return LoopbackReply.Text("", 415);
        }

        if (string.IsNullOrEmpty(request.Header("User-Agent")) || !OutputFormat.IsMatch(format))
        {
            return LoopbackReply.Text("Missing User-Agent or bad output format", 400);
        }

        XElement root;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(request.Body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException)
        {
            return LoopbackReply.Text("Malformed SSML", 400);
        }

        var voices = root.Elements().ToArray();
        if (root.Name != Ssml + "speak" || root.Attribute("version") is null || root.Attribute(XNamespace.Xml + "lang") is null
            || voices.Length is 0 or > 50 || root.Nodes().OfType<XText>().Any(text => !string.IsNullOrWhiteSpace(text.Value))
            || voices.Any(voice => voice.Name != Ssml + "voice" || !VoiceName.IsMatch(voice.Attribute("name")?.Value ?? "") || voice.Descendants().Any(element => !Elements.Contains(element.Name))))
        {
            return LoopbackReply.Text("Invalid SSML", 400);
        }

        foreach (var voice in voices)
        {
            _spoken.Enqueue(new LoopbackSpoken(voice.Attribute("name")!.Value, voice.Value, voice));
        }

        var rate = format.Split('-')[1] switch { "8khz" => 8_000, "16khz" => 16_000, "22050hz" => 22_050, "44100hz" => 44_100, "48khz" => 48_000, _ => 24_000 };
        var (kind, mediaType) = format[..3] switch { "rif" => ("wav", "audio/x-wav"), "raw" => ("pcm", "audio/basic"), "aud" => ("mp3", "audio/mpeg"), _ => ("opus", "audio/ogg; codecs=opus") };
        return new LoopbackReply(200, mediaType, Speak(root.Value, kind, rate, fault));
    }

    private LoopbackReply Transcribe(LoopbackRequest request)
    {
        if (request.Query.GetValueOrDefault("api-version") is not "2025-10-15" || request.Part("audio") is not { FileName: not null, Content.Length: > 0 } || request.Part("definition") is not { } part)
        {
            return Refuse("api-version, audio and definition are required.");
        }

        using var definition = JsonDocument.Parse(part.Content);
        var root = definition.RootElement;
        string[] known = ["locales", "profanityFilterMode", "diarization", "channels", "phraseList"];
        var refusal = root switch
        {
            _ when root.EnumerateObject().Any(member => !known.Contains(member.Name)) => "Unknown member.",
            _ when Has(root, "locales", out var locales) && locales.EnumerateArray().Any(locale => locale.GetString()?.Contains('-', StringComparison.Ordinal) is not true) => "Invalid locale.",
            _ when Has(root, "profanityFilterMode", out var mode) && mode.GetString() is not ("None" or "Masked" or "Removed" or "Tags") => "Invalid profanityFilterMode.",
            _ when Has(root, "diarization", out var speakers) && speakers.GetProperty("enabled").GetBoolean() && speakers.GetProperty("maxSpeakers").GetInt32() is < 2 or > 35 => "Invalid maxSpeakers.",
            _ when Has(root, "phraseList", out var list) && list.GetProperty("phrases").GetArrayLength() == 0 => "Empty phraseList.",
            _ => null,
        };
        return refusal is null ? LoopbackReply.Json(Transcription) : Refuse(refusal);
    }
}

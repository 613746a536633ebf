using System.Buffers.Binary;
using System.Text.Json;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>
/// OpenAI's audio API as documented (https://platform.openai.com/docs/api-reference/audio), under <c>/v1</c>. Refuses what the real one refuses: a
/// wrong key, an unknown model, voice, format or field, an option that the model does not take.
/// </summary>
public sealed class LoopbackOpenAI : LoopbackProvider
{
    private const string OldVoices = "alloy ash coral echo fable onyx nova sage shimmer";

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        ["mp3"] = "audio/mpeg", ["opus"] = "audio/opus", ["aac"] = "audio/aac", ["flac"] = "audio/flac", ["wav"] = "audio/wav", ["pcm"] = "audio/pcm",
    };

    private static readonly Dictionary<string, string[]> ResponseFormats = new(StringComparer.Ordinal)
    {
        ["whisper-1"] = ["json", "text", "srt", "verbose_json", "vtt"],
        ["gpt-4o-transcribe"] = ["json", "text"],
        ["gpt-4o-mini-transcribe"] = ["json", "text"],
        ["gpt-transcribe"] = ["json"],
        ["gpt-4o-transcribe-diarize"] = ["json", "text", "diarized_json"],
    };

    public string ApiKey { get; init; } = "sk-loopback-0123456789";

    /// <summary>What is heard in any audio.</summary>
    public string Transcript { get; set; } = "Hello from the loopback.";

    /// <summary>Whisper's name of the language heard.</summary>
    public string Language { get; set; } = "english";

    /// <summary>The API's root, as an adapter is configured with it.</summary>
    public Uri Root => new(Endpoint, "v1");

    protected override LoopbackReply Answer(LoopbackRequest request, AudioFault fault) =>
        request.Header("Authorization") != $"Bearer {ApiKey}"
            ? Error(401, "Incorrect API key provided.")
            : (request.Method, request.Path) switch
            {
                ("POST", "/v1/audio/speech") => Speech(request, fault),
                ("POST", "/v1/audio/transcriptions") => Transcription(request),
                ("GET", "/v1/models") => LoopbackReply.Json("""{"object":"list","data":[{"id":"tts-1","object":"model","created":1,"owned_by":"openai","shutdown_date":"2027-01-06"}]}"""),
                _ => Error(404, "Unknown request URL."),
            };

    private static LoopbackReply Error(int status, string message) =>
        LoopbackReply.Json($$"""{"error":{"message":"{{message}}","type":"invalid_request_error","param":null,"code":null} }""", status);

    private static LoopbackReply Refuse(string what) => Error(400, what);

    private static LoopbackReply Streamed(string format, byte[] audio)
    {
        // The header is sent before the length is known.
        if (format is "wav" && audio.AsSpan().StartsWith("RIFF"u8) && audio.Length >= 44)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(audio.AsSpan(4), uint.MaxValue);
            BinaryPrimitives.WriteUInt32LittleEndian(audio.AsSpan(40), uint.MaxValue);
        }

        return new LoopbackReply(200, MediaTypes[format], audio);
    }

    private static double Seconds(byte[] file) =>
        file.AsSpan().StartsWith("RIFF"u8) && file.Length > 44 ? (file.Length - 44) / (double)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(28)) : 1;

    private LoopbackReply Speech(LoopbackRequest request, AudioFault fault)
    {
        if (request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) is not true)
        {
            return Refuse("Content-Type must be application/json.");
        }

        using var json = request.Json();
        var fields = json.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        if (fields.Keys.FirstOrDefault(name => name is not ("model" or "input" or "voice" or "response_format" or "speed" or "instructions" or "stream_format")) is { } unknown)
        {
            return Refuse($"Unrecognized request argument supplied: {unknown}");
        }

        string? Text(string name) => fields.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        var model = Text("model");
        var old = model is "tts-1" or "tts-1-hd";
        var format = Text("response_format") ?? "mp3";
        var speed = fields.TryGetValue("speed", out var given) ? given.GetDouble() : 1;
        return (model, Text("input"), Text("voice")) switch
        {
            _ when !old && model?.StartsWith("gpt-4o-mini-tts", StringComparison.Ordinal) is not true => Error(404, "The model does not exist."),
            (_, not { Length: > 0 and <= 4096 }, _) => Refuse("input must be 1 to 4096 characters."),
            (_, _, var voice) when !$"{OldVoices}{(old ? "" : " ballad verse marin cedar")}".Split(' ').Contains(voice, StringComparer.Ordinal) => Refuse("Unknown voice."),
            _ when !MediaTypes.ContainsKey(format) => Refuse("Unknown response_format."),
            _ when speed is < 0.25 or > 4 => Refuse("speed must be 0.25 to 4."),
            _ when old && fields.ContainsKey("instructions") => Refuse("instructions are not supported by this model."),
            (_, { } input, _) => Streamed(format, Speak(input, format, 24_000, fault)),
        };
    }

    private LoopbackReply Transcription(LoopbackRequest request)
    {
        string[] All(string name) => [.. request.Parts.Where(part => part.Name == name).Select(part => part.Text)];
        var model = All("model").SingleOrDefault() ?? "";
        var file = request.Part("file");
        var format = All("response_format").SingleOrDefault() ?? "json";
        var granularities = All("timestamp_granularities[]");
        if (!ResponseFormats.TryGetValue(model, out var formats))
        {
            return Error(404, "The model does not exist.");
        }

        string[] known = ["file", "model", "language", "prompt", "response_format", "temperature", "timestamp_granularities[]", "chunking_strategy", "languages[]", "keywords[]", "include[]"];
        if (request.Parts.FirstOrDefault(part => !known.Contains(part.Name)) is { } unknown)
        {
            return Refuse($"Unrecognized request argument supplied: {unknown.Name}");
        }

        var extension = Path.GetExtension(file?.FileName ?? "").TrimStart('.');
        var refusal = file switch
        {
            null => "file is required.",
            { Content.Length: > 25 * 1024 * 1024 } => "Maximum content size limit exceeded.",
            _ when extension is not ("flac" or "mp3" or "mp4" or "mpeg" or "mpga" or "m4a" or "ogg" or "wav" or "webm") => "Unrecognized file format.",
            _ when extension is "wav" != file.Content.AsSpan().StartsWith("RIFF"u8) => "The audio file could not be decoded or its format is not supported.",
            _ when !formats.Contains(format) => "response_format is not compatible with the model.",
            _ when granularities.Length > 0 && format is not "verbose_json" => "timestamp_granularities need verbose_json.",
            _ when granularities.Any(kind => kind is not ("segment" or "word")) => "Unknown timestamp granularity.",
            _ when model is "gpt-4o-transcribe-diarize" && All("prompt").Length > 0 => "prompt is not supported by this model.",
            _ when model is "gpt-4o-transcribe-diarize" && Seconds(file.Content) > 30 && All("chunking_strategy").Length == 0 => "chunking_strategy is required.",
            _ when model is not "gpt-transcribe" && All("languages[]").Length + All("keywords[]").Length > 0 => "languages and keywords are for gpt-transcribe.",
            _ when All("language").Concat(All("languages[]")).Any(code => code.Length is not (2 or 3)) => "language must be an ISO-639-1 code.",
            _ => null,
        };
        return refusal is null ? LoopbackReply.Json(LoopbackOpenAIAnswer.Write(this, model, format, granularities, Seconds(file!.Content))) : Refuse(refusal);
    }
}

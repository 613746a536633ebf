using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>The union of <c>json</c>, <c>verbose_json</c> and <c>diarized_json</c>: each model fills what it knows.</summary>
internal sealed record OpenAITranscription
{
    public string? Text { get; init; }

    /// <summary>verbose_json: whisper's English name of the language, such as <c>german</c>.</summary>
    public string? Language { get; init; }

    /// <summary>gpt-transcribe: tags of the languages heard; empty when it is not sure.</summary>
    public JsonElement? Languages { get; init; }

    /// <summary>Seconds; a string in older versions of the API.</summary>
    public double? Duration { get; init; }

    public IReadOnlyList<Segment>? Segments { get; init; }

    public IReadOnlyList<Word>? Words { get; init; }

    [JsonPropertyName("usage")]
    public Usage? Billed { get; init; }

    internal sealed record Segment(double? Start, double? End, string? Text, string? Speaker);

    internal sealed record Word([property: JsonPropertyName("word")] string? Text, double? Start, double? End);

    /// <summary><c>duration</c> with seconds, or <c>tokens</c> with counts that no list price of this app is stated in.</summary>
    internal sealed record Usage(string? Type, double? Seconds);
}

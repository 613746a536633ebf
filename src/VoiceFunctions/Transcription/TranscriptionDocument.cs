using System.Text.Json.Serialization;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Transcription;

/// <summary>The JSON answer to a recognition.</summary>
internal sealed record TranscriptionDocument
{
    public required string Text { get; init; }

    public required string? Language { get; init; }

    /// <summary>Seconds.</summary>
    public required double? Duration { get; init; }

    /// <summary><see langword="null"/> for a long recording in which nobody speaks: then no provider was asked.</summary>
    public required string? Provider { get; init; }

    public required string? Model { get; init; }

    public required double? Confidence { get; init; }

    public required CacheOutcome Cache { get; init; }

    public required IReadOnlyList<SpeechAttempt> Attempts { get; init; }

    public required decimal? CostUsd { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Only of a job that has any: what is missing in the text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InaudibleSpeech>? Inaudible { get; init; }

    /// <summary>Only in <c>verbose_json</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TranscriptSegment>? Segments { get; init; }

    /// <summary>Only in <c>verbose_json</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SpeechWord>? Words { get; init; }
}

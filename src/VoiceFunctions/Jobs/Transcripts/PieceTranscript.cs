using System.Text.Json.Serialization;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>What was heard in one piece of a recording. Its times are counted from the beginning of the piece.</summary>
internal sealed record PieceTranscript
{
    public required PieceSpan Span { get; init; }

    /// <summary>Empty when there was nothing to be heard, or nobody could make it out.</summary>
    public required string Text { get; init; }

    public required IReadOnlyList<SpeechSegment> Segments { get; init; }

    public required IReadOnlyList<SpeechWord> Words { get; init; }

    /// <summary>Who heard it; <see langword="null"/> when nobody could make it out.</summary>
    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? Language { get; init; }

    public double? Confidence { get; init; }

    public CacheOutcome Cache { get; init; }

    /// <summary>Whether somebody speaks in it and nobody could make out what.</summary>
    [JsonIgnore]
    public bool IsInaudible => Provider is null;

    public static PieceTranscript Of(PieceSpan span, string text, SpeechOutcome outcome) => new()
    {
        Span = span,
        Text = text,
        Segments = outcome.Segments,
        Words = outcome.Words,
        Provider = outcome.Provider,
        Model = outcome.Model,
        Language = outcome.Language,
        Confidence = outcome.Confidence,
        Cache = outcome.Cache,
    };

    /// <summary>
    /// A piece that every target failed to recognise (<see cref="ProviderFailureKind.NotRecognised"/>) among others that were. As in a short recording, that something
    /// was said there is shown by a segment without text.
    /// </summary>
    public static PieceTranscript NotRecognised(PieceSpan span) => new() { Span = span, Text = "", Segments = [new SpeechSegment(0, span.Seconds, "")], Words = [] };
}

using VoiceFunctions.Providers;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>What was heard in a whole recording; times in seconds from its beginning, in order.</summary>
internal sealed record LongTranscript
{
    /// <summary>Stands for speech that nobody could make out, as captions have it (https://www.jmu.edu/ods/calm/caption-on/diy-captioning/transcription-guidelines.shtml).</summary>
    public const string InaudibleMark = "[inaudible]";

    public required string Text { get; init; }

    /// <summary>The text, with <see cref="InaudibleMark"/> where something is missing.</summary>
    public required string MarkedText { get; init; }

    /// <summary>What is missing in the text: the pieces that no target could make out, as one where they follow each other.</summary>
    public required IReadOnlyList<InaudibleSpeech> Inaudible { get; init; }

    /// <summary>Empty unless they were measured for all of the text.</summary>
    public required IReadOnlyList<SpeechSegment> Segments { get; init; }

    /// <summary>Empty unless they were measured for all of the text.</summary>
    public required IReadOnlyList<SpeechWord> Words { get; init; }

    /// <summary>Seconds, silence included.</summary>
    public required double Duration { get; init; }

    /// <summary>The language of most of what was said.</summary>
    public required string? Language { get; init; }

    /// <summary>The mean of the pieces' by length; <see langword="null"/> when one of them has none.</summary>
    public required double? Confidence { get; init; }

    /// <summary>Whoever heard any of it, the one that heard most first; <see langword="null"/> when there was nothing to be heard.</summary>
    public required string? Provider { get; init; }

    public required string? Model { get; init; }

    public required CacheOutcome Cache { get; init; }

    /// <summary>The timings that the whole text has. Where nothing was said there is nothing to time.</summary>
    public TimingKinds Timings =>
        (Text.Length == 0 || Segments.Count > 0 ? TimingKinds.Segment : TimingKinds.None) | (Text.Length == 0 || Words.Count > 0 ? TimingKinds.Word : TimingKinds.None);
}

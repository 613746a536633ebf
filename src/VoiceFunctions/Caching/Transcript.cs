using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>What was heard: the part of a recognition that grows with the recording.</summary>
internal sealed record Transcript(string Text, IReadOnlyList<SpeechSegment> Segments, IReadOnlyList<SpeechWord> Words)
{
    /// <summary>Whether it has timings of these kinds. Where nothing was said there is nothing to time.</summary>
    public bool Has(TimingKinds timings) =>
        Text.Length == 0
        || ((!timings.HasFlag(TimingKinds.Segment) || Segments.Count > 0) && (!timings.HasFlag(TimingKinds.Word) || Words.Count > 0));
}

using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>What one piece contributes to the whole; times in seconds from the beginning of the recording.</summary>
internal sealed record HeardPart(double Start, double End, string Text, IReadOnlyList<SpeechSegment> Segments, IReadOnlyList<SpeechWord> Words)
{
    /// <summary>Puts times that are counted from the piece's beginning where they belong, in order and within the piece.</summary>
    /// <param name="piece">What was heard.</param>
    /// <param name="speaker">What to call whom the piece calls so.</param>
    public static HeardPart Of(PieceTranscript piece, Func<string?, string?> speaker)
    {
        var (start, end) = (Round(piece.Span.StartSeconds), Round(piece.Span.StartSeconds + piece.Span.Seconds));
        return new(
            start,
            end,
            piece.Text.Trim(),
            [.. piece.Segments.Select(segment => Place(segment) with { Speaker = speaker(segment.Speaker) }).OrderBy(segment => segment.Start)],
            [.. piece.Words.Select(word => new SpeechWord(word.Word, At(word.Start), Math.Max(At(word.Start), At(word.End)))).OrderBy(word => word.Start)]);

        SpeechSegment Place(SpeechSegment segment) => segment with { Start = At(segment.Start), End = Math.Max(At(segment.Start), At(segment.End)) };

        double At(double seconds) => Math.Clamp(Round(piece.Span.StartSeconds + seconds), start, end);
    }

    private static double Round(double seconds) => Math.Round(seconds, 3);
}

using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>What one piece contributes to the whole; times in seconds from the beginning of the recording.</summary>
internal sealed record HeardPart(double Start, double End, string Text, IReadOnlyList<SpeechSegment> Segments, IReadOnlyList<SpeechWord> Words)
{
    /// <inheritdoc cref="PieceTranscript.IsInaudible"/>
    public bool IsInaudible { get; init; }

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
            [.. piece.Words.Select(word => new SpeechWord(word.Word, At(word.Start), Math.Max(At(word.Start), At(word.End)))).OrderBy(word => word.Start)])
        {
            IsInaudible = piece.IsInaudible,
        };

        SpeechSegment Place(SpeechSegment segment) => segment with { Start = At(segment.Start), End = Math.Max(At(segment.Start), At(segment.End)) };

        double At(double seconds) => Math.Clamp(Round(piece.Span.StartSeconds + seconds), start, end);
    }

    /// <summary>A part that nobody could make out without what another part that was made out holds too; nothing may be left.</summary>
    public HeardPart Within(double start, double end)
    {
        var (from, to) = (Math.Max(Start, start), Math.Min(End, end));
        return this with { Start = from, End = Math.Max(from, to), Segments = to > from ? [new SpeechSegment(from, to, "")] : [] };
    }

    private static double Round(double seconds) => Math.Round(seconds, 3);
}

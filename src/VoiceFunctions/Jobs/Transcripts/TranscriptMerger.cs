using System.Text;
using VoiceFunctions.Providers;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>Makes one transcript out of those of a recording's pieces: times in order, and what two pieces heard of the same words once.</summary>
internal static class TranscriptMerger
{
    /// <param name="pieces">In the order of the recording.</param>
    /// <param name="seconds">Length of the recording.</param>
    public static LongTranscript Merge(IReadOnlyList<PieceTranscript> pieces, double seconds)
    {
        var parts = Place(pieces);
        for (var next = 1; next < parts.Length; next++)
        {
            if (pieces[next].Span.Overlap > 0) (parts[next - 1], parts[next]) = Part(parts[next - 1], parts[next]);
        }

        var (marked, inaudible) = Mark(parts);
        // A part without timings among others that have them would be missing from the captions without a trace.
        var timed = parts.All(part => part.Text.Length == 0 || part.Segments.Count > 0);
        var wordsTimed = parts.All(part => part.Text.Length == 0 || part.Words.Count > 0);
        return new LongTranscript
        {
            Text = Join(parts.Select(part => part.Text)),
            MarkedText = Join(marked),
            Inaudible = inaudible,
            Segments = timed ? Rising(parts.SelectMany(part => part.Segments)) : [],
            Words = wordsTimed ? Rising(parts.SelectMany(part => part.Words)) : [],
            Duration = Math.Round(seconds, 3),
            Language = Longest(pieces.Where(HasText), piece => piece.Language),
            Confidence = Mean([.. pieces.Where(HasText)]),
            Provider = All(pieces, piece => piece.Provider),
            Model = All(pieces, piece => piece.Model),
            Cache = pieces.Select(piece => piece.Cache).Distinct().ToArray() is [var only] ? only : CacheOutcome.Miss,
        };
    }

    private static HeardPart[] Place(IReadOnlyList<PieceTranscript> pieces)
    {
        // No provider knows a voice of one piece again in another, so the same label in two pieces is not the same person.
        var several = pieces.Count(piece => piece.Segments.Any(segment => segment.Speaker is not null)) > 1;
        return [.. pieces.Select((piece, index) => HeardPart.Of(piece, speaker => speaker is not null && several ? $"{speaker} (part {index + 1})" : speaker))];
    }

    /// <summary>Leaves each moment to one of two pieces that overlap.</summary>
    private static (HeardPart Left, HeardPart Right) Part(HeardPart left, HeardPart right) => (left.IsInaudible, right.IsInaudible) switch
    {
        (false, false) => SeamJoin.Join(left, right),
        (false, true) => (left, right.Within(left.End, right.End)),
        (true, false) => (left.Within(left.Start, right.Start), right),
        (true, true) => (left, right),
    };

    private static (IReadOnlyList<string> Texts, IReadOnlyList<InaudibleSpeech> Inaudible) Mark(IEnumerable<HeardPart> parts)
    {
        var texts = new List<string>();
        var inaudible = new List<InaudibleSpeech>();
        foreach (var part in parts)
        {
            if (!part.IsInaudible)
            {
                texts.Add(part.Text);
            }
            else if (inaudible is [.., var last] && part.Start <= last.End)
            {
                inaudible[^1] = last with { End = part.End };
            }
            else if (part.End > part.Start)
            {
                inaudible.Add(new InaudibleSpeech(part.Start, part.End));
                texts.Add(LongTranscript.InaudibleMark);
            }
        }

        return (texts, inaudible);
    }

    private static bool HasText(PieceTranscript piece) => piece.Text.Length > 0;

    private static string Join(IEnumerable<string> texts)
    {
        var whole = new StringBuilder();
        foreach (var text in texts)
        {
            if (text.Length == 0) continue;
            if (whole.Length > 0 && !(IsUnspaced(Rune.GetRuneAt(text, 0)) && IsUnspaced(Last(whole)))) whole.Append(' ');
            whole.Append(text);
        }

        return whole.ToString();
    }

    private static bool IsUnspaced(Rune rune) => TextToken.IsUnspaced(rune);

    private static Rune Last(StringBuilder text) =>
        char.IsLowSurrogate(text[^1]) && text.Length > 1 && Rune.TryCreate(text[^2], text[^1], out var rune) ? rune
        : Rune.TryCreate(text[^1], out rune) ? rune
        : Rune.ReplacementChar;

    /// <summary>None begins before the one before it: pieces that overlap may place the same moment a little differently.</summary>
    private static List<SpeechSegment> Rising(IEnumerable<SpeechSegment> segments)
    {
        var rising = new List<SpeechSegment>();
        var last = 0d;
        foreach (var segment in segments)
        {
            last = Math.Max(last, segment.Start);
            rising.Add(segment with { Start = last, End = Math.Max(last, segment.End) });
        }

        return rising;
    }

    private static List<SpeechWord> Rising(IEnumerable<SpeechWord> words)
    {
        var rising = new List<SpeechWord>();
        var last = 0d;
        foreach (var word in words)
        {
            last = Math.Max(last, word.Start);
            rising.Add(word with { Start = last, End = Math.Max(last, word.End) });
        }

        return rising;
    }

    private static double? Mean(IReadOnlyList<PieceTranscript> pieces)
    {
        var (sum, length) = (0d, 0L);
        foreach (var piece in pieces)
        {
            if (piece.Confidence is not { } confidence) return null;
            sum += confidence * piece.Span.Length;
            length += piece.Span.Length;
        }

        return length > 0 ? sum / length : null;
    }

    private static string? Longest(IEnumerable<PieceTranscript> pieces, Func<PieceTranscript, string?> name) => ByLength(pieces, name).FirstOrDefault();

    private static string? All(IEnumerable<PieceTranscript> pieces, Func<PieceTranscript, string?> name) =>
        ByLength(pieces, name).ToArray() is { Length: > 0 } names ? string.Join(", ", names) : null;

    private static IEnumerable<string> ByLength(IEnumerable<PieceTranscript> pieces, Func<PieceTranscript, string?> name) => pieces
        .Where(piece => name(piece) is not null)
        .GroupBy(piece => name(piece)!, StringComparer.OrdinalIgnoreCase)
        .OrderByDescending(group => group.Sum(piece => piece.Span.Length))
        .Select(group => group.Key);
}

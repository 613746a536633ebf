using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>Takes out of two pieces that overlap what both of them heard, so that each word is there once.</summary>
internal static class SeamJoin
{
    /// <summary>Nobody says more words in a second.</summary>
    private const int WordsPerSecond = 6;

    /// <summary>Words of a recogniser may be off by so much. Seconds.</summary>
    private const double Slack = 0.5;

    /// <summary>In a second and a half of speech there are two words at least, and two that agree are no chance.</summary>
    private const double TwoWords = 1.5;

    public static (HeardPart Left, HeardPart Right) Join(HeardPart left, HeardPart right)
    {
        var overlap = left.End - right.Start;
        var middle = Math.Round(right.Start + (overlap / 2), 3);
        var window = (int)Math.Ceiling(overlap * WordsPerSecond);
        var leastMatches = overlap < TwoWords ? 1 : 2;
        var texts = (Left: new WordRow(left.Text), Right: new WordRow(right.Text));
        var segments = (Left: Row(left.Segments), Right: Row(right.Segments));
        var words = (Left: Row(left.Words), Right: Row(right.Words));

        // The best timed tells where to part, and the others follow it as far as they have the same words.
        var wordSeam = words.Left.Count > 0 && words.Right.Count > 0 ? FindByTime() : default(Seam?);
        var segmentSeam = segments.Left.Count > 0 && segments.Right.Count > 0 ? Follow(segments.Left, segments.Right, wordSeam, words) : default(Seam?);
        var textSeam = Follow(texts.Left, texts.Right, wordSeam ?? segmentSeam, wordSeam is null ? segments : words);
        return (
            left with
            {
                Text = texts.Left.WithoutLast(textSeam.OffEnd)[0] ?? "",
                Segments = Keep(left.Segments, segments.Left.WithoutLast(segmentSeam?.OffEnd ?? 0), Before),
                Words = Keep(left.Words, words.Left.WithoutLast(wordSeam?.OffEnd ?? 0)),
            },
            right with
            {
                Text = texts.Right.WithoutFirst(textSeam.OffBeginning)[0] ?? "",
                Segments = Keep(right.Segments, segments.Right.WithoutFirst(segmentSeam?.OffBeginning ?? 0), After),
                Words = Keep(right.Words, words.Right.WithoutFirst(wordSeam?.OffBeginning ?? 0)),
            });

        Seam FindByTime()
        {
            var end = words.Left.Last(Row([.. left.Words.Where(word => word.End > right.Start - Slack)]).Count);
            var beginning = words.Right.First(Row([.. right.Words.Where(word => word.Start < left.End + Slack)]).Count);
            var skipped = words.Left.Count - end.Count;
            return Seam.Find(end, beginning, leastMatches, (one, other) => AtOneTime(skipped + one, other)) ?? new Seam(
                Row([.. left.Words.Where(word => word.Start + word.End >= 2 * middle)]).Count,
                Row([.. right.Words.Where(word => word.Start + word.End < 2 * middle)]).Count);
        }

        bool AtOneTime(int one, int other) => Math.Abs(left.Words[words.Left.TextOf(one)].Start - right.Words[words.Right.TextOf(other)].Start) <= Slack;

        Seam Follow(WordRow mine, WordRow next, Seam? seam, (WordRow Left, WordRow Right) leader) =>
            seam is { } found
            && mine.Last(found.OffEnd).SequenceEqual(leader.Left.Last(found.OffEnd))
            && next.First(found.OffBeginning).SequenceEqual(leader.Right.First(found.OffBeginning))
                ? found
                : Seam.Find(mine.Last(window), next.First(window), leastMatches) ?? default;

        // Where in the overlap a segment was parted nobody has measured; its middle is at most half of the overlap off.
        SpeechSegment Before(SpeechSegment segment) => segment with { End = Math.Max(segment.Start, Math.Min(segment.End, middle)) };

        SpeechSegment After(SpeechSegment segment) => segment with { Start = Math.Min(segment.End, Math.Max(segment.Start, middle)) };
    }

    private static WordRow Row(IReadOnlyList<SpeechSegment> segments) => new([.. segments.Select(segment => segment.Text)]);

    private static WordRow Row(IReadOnlyList<SpeechWord> words) => new([.. words.Select(word => word.Word)]);

    private static List<SpeechWord> Keep(IReadOnlyList<SpeechWord> words, IReadOnlyList<string?> kept) => [.. words.Where((_, index) => kept[index] is not null)];

    private static List<SpeechSegment> Keep(IReadOnlyList<SpeechSegment> segments, IReadOnlyList<string?> kept, Func<SpeechSegment, SpeechSegment> part)
    {
        var result = new List<SpeechSegment>(segments.Count);
        for (var index = 0; index < segments.Count; index++)
        {
            if (kept[index] is { } text) result.Add(text == segments[index].Text ? segments[index] : part(segments[index] with { Text = text }));
        }

        return result;
    }
}

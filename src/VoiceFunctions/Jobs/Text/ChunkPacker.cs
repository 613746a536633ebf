namespace VoiceFunctions.Jobs.Text;

/// <summary>
/// Chooses where a script is cut: as few chunks as fit the limits, each ended at the best place near its share of what is left, so that the last is no crumb.
/// Where captions ask for short chunks, each is also a part of one paragraph; an element that none has room for makes one longer.
/// </summary>
internal sealed class ChunkPacker(MeasuredBreak[] breaks, ChunkLimits limits)
{
    /// <summary>
    /// What is taken first: a kind of place, if the chunk fills that much of its share. A paragraph is worth some room, a sentence more, and a short chunk is
    /// better than half a clause.
    /// </summary>
    private static readonly (BreakKind Kind, double LeastFill)[] Preferences =
    [
        (BreakKind.Paragraph, 0.75), (BreakKind.Sentence, 0.5), (BreakKind.Sentence, 0.25), (BreakKind.Clause, 0.5), (BreakKind.Clause, 0.25), (BreakKind.Word, 0.25),
        (BreakKind.Word, 0), (BreakKind.Glued, 0), (BreakKind.Character, 0), (BreakKind.Grapheme, 0), (BreakKind.Scalar, 0),
    ];

    /// <summary>A cue that ends with a sentence is good however short it is.</summary>
    private static readonly (BreakKind Kind, double LeastFill)[] CaptionPreferences = [(BreakKind.Sentence, 0), .. Preferences[3..]];

    private readonly ChunkLimits _calls = limits with { MaxWords = null };
    private readonly int _last = breaks.Length - 1;
    private readonly bool _hasLetters = breaks[^1].Letters > 0;

    /// <summary>The indices of the places that end a chunk; <see langword="null"/> when an element that cannot be cut does not fit.</summary>
    public List<int>? Pack()
    {
        var ends = new List<int>();
        var (previous, horizon) = (0, 0);
        for (var start = 0; start < _last;)
        {
            if (horizon <= start || (horizon < _last && !HasSpeech(start, horizon))) horizon = Horizon(start);
            var end = Choose(start, horizon);
            // An element that is longer than a cue is one by itself.
            if (end == start && _calls.Fill(breaks[start], breaks[++end]) > 1) return null;
            // A pause makes a cue longer rather than be lost.
            if ((IsPause(previous, start) || IsPause(start, end)) && start > 0 && _calls.Fill(breaks[previous], breaks[end]) <= 1)
            {
                ends[^1] = end;
            }
            else if (IsPause(previous, start))
            {
                return null;
            }
            else
            {
                ends.Add(end);
                previous = start;
            }

            start = end;
        }

        return IsPause(previous, _last) ? null : ends;
    }

    /// <summary>Whether between two places there is an element and nothing to say, which is no chunk.</summary>
    private bool IsPause(int start, int end) => breaks[end].Elements > breaks[start].Elements && IsSilent(start, end);

    private bool IsSilent(int start, int end) => breaks[end].Spoken == breaks[start].Spoken;

    /// <summary>Whether there is something to say between two places. Signs alone go with words, unless there are no words at all.</summary>
    private bool HasSpeech(int start, int end) =>
        _hasLetters ? breaks[end].Letters > breaks[start].Letters : breaks[end].Spoken > breaks[start].Spoken;

    /// <summary>How far a chunk may reach: the end, or that of the paragraph.</summary>
    private int Horizon(int start)
    {
        if (limits.MaxWords is null) return _last;
        for (var index = start + 1; index < _last; index++)
        {
            if (breaks[index].Kind is BreakKind.Paragraph && HasSpeech(start, index) && HasSpeech(index, _last)) return index;
        }

        return _last;
    }

    private int Choose(int start, int horizon)
    {
        var total = limits.Fill(breaks[start], breaks[horizon]);
        if (total <= 1 || IsSilent(start, horizon)) return horizon;
        var share = total / Math.Ceiling(total);
        var preferences = limits.MaxWords is null ? Preferences : CaptionPreferences;
        var (furthest, best, preferred, distance) = (start, start, preferences.Length, 0.0);
        for (var index = start + 1; index < horizon; index++)
        {
            var fill = limits.Fill(breaks[start], breaks[index]);
            if (fill > 1 && !IsSilent(start, index)) break;
            furthest = index;
            if (!HasSpeech(start, index)) continue;
            // No chunk is left with silence alone, unless there is more of it than any has room for. To lose silence is better than to cut a word.
            var kind = HasSpeech(index, horizon) ? breaks[index].Kind : BreakKind.Character;
            for (var preference = 0; preference < preferences.Length && preference <= preferred; preference++)
            {
                if (kind < preferences[preference].Kind || fill < preferences[preference].LeastFill * share) continue;
                if (preference < preferred || Math.Abs(fill - share) <= distance) (best, preferred, distance) = (index, preference, Math.Abs(fill - share));
                break;
            }
        }

        return best > start ? best : furthest;
    }
}

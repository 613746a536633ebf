using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Text;

/// <summary>
/// Cuts a long text into chunks that a provider takes, at paragraphs, sentences, clauses or words. Linear in the length of the text. Where there is nothing to
/// say there are no chunks.
/// </summary>
internal static class TextSplitter
{
    /// <summary>The longest character of UTF-8, in bytes: a smaller limit would fit no text.</summary>
    private const int SmallestLimit = 4;

    /// <param name="text">What to say.</param>
    /// <param name="limit">What a call takes, markup included.</param>
    /// <param name="language">A BCP-47 tag, if it is known; it decides what a dot means.</param>
    /// <param name="ssml">Whether the text is an SSML document; each chunk is one then, too.</param>
    /// <param name="maxCharacters">For captions: the most characters of a chunk's words, none of which belong to two paragraphs.</param>
    /// <exception cref="ProblemException">The SSML cannot be read, or no chunk has room for an element that cannot be cut.</exception>
    public static IReadOnlyList<TextChunk> Split(string text, ProviderLimit limit, string? language, bool ssml, int? maxCharacters = null) =>
        Split(text, [limit], language, ssml, maxCharacters);

    /// <summary>Chunks that each of several providers takes, so that any can stand in for another.</summary>
    /// <inheritdoc cref="Split(string, ProviderLimit, string?, bool, int?)"/>
    public static IReadOnlyList<TextChunk> Split(string text, IReadOnlyList<ProviderLimit> limits, string? language, bool ssml, int? maxCharacters = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Min(limit => limit.Amount), SmallestLimit, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCharacters ?? SmallestLimit, SmallestLimit, nameof(maxCharacters));
        var script = ssml ? SsmlScript.Read(text) : SpeechScript.Plain(text);
        var bounds = new ChunkLimits(limits, maxCharacters);
        var breaks = ScriptRuler.OutsideElements(script, Merge(BreakFinder.Find(script.Words, language), script.Breaks));
        var measured = ScriptRuler.Measure(script, breaks, bounds);
        if (measured[^1].Spoken == 0) return [];
        var ends = new ChunkPacker(measured, bounds).Pack()
            ?? throw ProblemException.InvalidField("text", "is SSML with an element that no call has room for.");
        return Write(script, measured, ends);
    }

    private static List<TextBreak> Merge(List<TextBreak> found, IReadOnlyList<TextBreak> marked)
    {
        if (marked.Count == 0) return found;
        var merged = new List<TextBreak>(found.Count + marked.Count);
        foreach (var next in found.Concat(marked).OrderBy(candidate => candidate.Position))
        {
            if (merged.Count == 0 || merged[^1].Position < next.Position) merged.Add(next);
            else if (merged[^1].Kind < next.Kind) merged[^1] = next;
        }

        return merged;
    }

    private static List<TextChunk> Write(SpeechScript script, MeasuredBreak[] breaks, List<int> ends)
    {
        var chunks = new List<TextChunk>(ends.Count);
        var writer = new ChunkWriter(script);
        var (start, begin) = (0, 0);
        foreach (var end in ends)
        {
            var text = writer.Write(breaks[start], breaks[end]);
            var (from, to) = (breaks[start].Position, breaks[end].Position);
            // Silence longer than any chunk is nobody's text: its range goes to a neighbour.
            if (breaks[end].Spoken > breaks[start].Spoken)
            {
                chunks.Add(new TextChunk(begin, to - begin, text) { Words = script.Words[from..to] });
                begin = to;
            }
            else if (chunks.Count > 0)
            {
                chunks[^1] = chunks[^1] with { Length = to - chunks[^1].Start };
                begin = to;
            }

            start = end;
        }

        return chunks;
    }
}

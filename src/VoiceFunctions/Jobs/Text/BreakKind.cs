namespace VoiceFunctions.Jobs.Text;

/// <summary>How good a place is to end a chunk at, the worst first.</summary>
internal enum BreakKind
{
    /// <summary>Inside what a reader takes for one character. Only where a single one is longer than a chunk may be.</summary>
    Scalar,

    /// <summary>Inside a word or a number. Only where a single one is longer than a chunk may be.</summary>
    Grapheme,

    /// <summary>Between characters of a script without spaces, or behind a mark inside an address.</summary>
    Character,

    /// <summary>White space that ties together what it stands between: <c>Dr. Smith</c>, <c>10 000</c>, <c>3. Oktober</c>, <c>Quoi ?</c></summary>
    Glued,
    Word,
    Clause,
    Sentence,
    Paragraph,
}

namespace VoiceFunctions.Jobs.Text;

/// <summary>A stretch of a long text that is spoken by one call.</summary>
/// <param name="Start">Where it begins, in UTF-16 units: of the source, or of the words of an SSML document, which are what stands between its tags.</param>
/// <param name="Length">The ranges of all chunks follow one another without a gap and cover the whole.</param>
/// <param name="Text">What to send: the source of the range as it is, white space at its edges included, or an SSML document of its own.</param>
internal sealed record TextChunk(int Start, int Length, string Text)
{
    /// <summary>What is spoken, without markup; for captions.</summary>
    public string Words { get; init; } = Text;
}

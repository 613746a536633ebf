namespace VoiceFunctions.Caching;

/// <summary>
/// Spellings of a text that are surely the same speech, as one. What is spoken is what comes out, so that equal keys mean equal requests to the provider.
/// </summary>
internal static class SpeechText
{
    /// <summary>
    /// Line ends become line feeds, and white space around a text goes. In SSML only the line ends change, as every XML parser would change them (XML 1.0,
    /// section 2.11).
    /// </summary>
    public static string Normalize(string text, bool ssml)
    {
        var lines = text.Contains('\r', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : text;
        return ssml ? lines : lines.Trim();
    }
}

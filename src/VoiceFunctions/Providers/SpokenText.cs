using System.Text;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Providers;

/// <summary>What of a text is spoken.</summary>
internal static partial class SpokenText
{
    private const string SpokenPunctuation = "#%&*@/\\§";

    /// <summary>All of a text, or of SSML what stands between the tags.</summary>
    public static string Of(string text, bool ssml) => ssml ? Tag().Replace(text, " ") : text;

    /// <summary>
    /// Whether an engine says it: a letter, a digit, or a sign that has a name. Every engine is silent about other characters, and silence would be taken for the
    /// engine's failure.
    /// </summary>
    public static bool IsSpoken(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) || Rune.IsSymbol(rune) || (rune.IsBmp && SpokenPunctuation.Contains((char)rune.Value, StringComparison.Ordinal));

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}

using System.Text.RegularExpressions;

namespace VoiceFunctions.Providers;

/// <summary>What of a text is spoken: all of it, or of SSML what stands between the tags.</summary>
internal static partial class SpokenText
{
    public static string Of(string text, bool ssml) => ssml ? Tag().Replace(text, " ") : text;

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}

using System.Buffers;
using System.Globalization;

namespace VoiceFunctions.Jobs.Text;

/// <summary>What a character does for the structure of a text.</summary>
internal static class Punctuation
{
    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?…‽⁇⁈⁉。！？．｡؟۔։।॥።፧។၊။");
    private static readonly SearchValues<char> WideStops = SearchValues.Create("。！？．｡");
    private static readonly SearchValues<char> ClauseMarks = SearchValues.Create(",;:、，；：､،؛፣");
    private static readonly SearchValues<char> WideClauseMarks = SearchValues.Create("、，；：､");
    private static readonly SearchValues<char> DashMarks = SearchValues.Create("-‐‑‒–—―");

    /// <summary>White space that typographers put in to keep together what it stands between.</summary>
    private static readonly SearchValues<char> Ties = SearchValues.Create("\u00A0\u202F\u2007\u2060");

    /// <summary>White space, and the space of no width that Thai and Khmer texts put between words.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is '\u200B' or '\u2060';

    public static bool IsTie(char c) => Ties.Contains(c);

    public static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\v' or '\f' or '\u2029';

    /// <summary>Ends a sentence.</summary>
    public static bool IsStop(char c) => Stops.Contains(c);

    /// <summary>Ends a sentence without a space behind it.</summary>
    public static bool IsWideStop(char c) => WideStops.Contains(c);

    /// <summary>Ends a clause.</summary>
    public static bool IsClauseMark(char c) => ClauseMarks.Contains(c);

    /// <summary>Ends a clause without a space behind it.</summary>
    public static bool IsWideClauseMark(char c) => WideClauseMarks.Contains(c);

    public static bool IsDash(char c) => DashMarks.Contains(c);

    /// <summary>A bracket or quotation mark that can close. Some that open in one language close in another: “ in German, « too.</summary>
    public static bool IsCloser(char c) =>
        c is '"' or '\'' or '＂' ||
        char.GetUnicodeCategory(c) is UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.InitialQuotePunctuation;

    /// <summary>A bracket or quotation mark that can open.</summary>
    public static bool IsOpener(char c) =>
        c is '"' or '\'' or '¿' or '¡' ||
        char.GetUnicodeCategory(c) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation;

    /// <summary>A character of a script that is written without spaces between words: Chinese and Japanese.</summary>
    public static bool IsWide(char c) => c is (>= '\u2E80' and <= '\u30FF') or (>= '\u3105' and <= '\u312F') or (>= '\u31A0' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF')
        or (>= '\uFF00' and <= '\uFFEF') or (>= '\uD840' and <= '\uD88D');
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace VoiceFunctions.Jobs.Text;

/// <summary>What a reader takes for one character (UAX #29, extended grapheme clusters).</summary>
internal static class Graphemes
{
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Small kana and signs that belong to the character before them (JIS X 4051).</summary>
    private static readonly SearchValues<char> BeginsNoLine = SearchValues.Create("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶーゝゞヽヾ々〻");

    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Whether what a text begins with belongs to the character before it, whatever that is.</summary>
    public static bool Extends(ReadOnlySpan<char> text)
    {
        if (text[0] < '\u0300') return false;
        if (char.IsLowSurrogate(text[0]) || text[0] is ZeroWidthJoiner) return true;
        _ = Rune.DecodeFromUtf16(text, out var rune, out _);
        // With a letter before them: any letter will do, since all that follows it alike is asked for.
        Span<char> pair = stackalloc char[3];
        pair[0] = 'x';
        return StringInfo.GetNextTextElementLength(pair[..(1 + rune.EncodeToUtf16(pair[1..]))]) > 1;
    }

    /// <summary>
    /// Whether a text without spaces may be cut here and still be read well: in Chinese and Japanese, but not before what cannot begin a line, in an
    /// address behind its marks, and between signs.
    /// </summary>
    public static bool DividesWords(string text, int at)
    {
        var (before, behind) = (text[at - 1], text[at]);
        if (Punctuation.IsWide(before) || Punctuation.IsWide(behind))
        {
            return !Punctuation.IsOpener(before) && !Punctuation.IsCloser(behind) && !Punctuation.IsStop(behind) && !Punctuation.IsClauseMark(behind)
                && !BeginsNoLine.Contains(behind) && !(char.IsDigit(before) && char.IsDigit(behind));
        }

        return char.IsLetterOrDigit(behind) ? before is '/' or '-' or '_' or '=' or '&' or '?' or '#' or '+' : !char.IsLetterOrDigit(before);
    }
}

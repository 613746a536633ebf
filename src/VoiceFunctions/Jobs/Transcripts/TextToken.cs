using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>A word in a text, for comparing what was heard twice: a run of letters and digits, or one character of a script that writes no spaces.</summary>
/// <param name="Start">Where it begins in its text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Key">Itself in lower case, with one kind of apostrophe.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextToken(int Start, int End, string Key)
{
    public static IEnumerable<TextToken> In(string text)
    {
        var start = -1;
        for (var at = 0; at < text.Length;)
        {
            var rune = Rune.GetRuneAt(text, at);
            var isWord = IsWord(text, at, rune, start >= 0);
            var isAlone = IsUnspaced(rune);
            if (start >= 0 && (!isWord || isAlone))
            {
                yield return Of(text, start, at);
                start = -1;
            }

            if (isWord && isAlone) yield return Of(text, at, at + rune.Utf16SequenceLength);
            else if (isWord && start < 0) start = at;
            at += rune.Utf16SequenceLength;
        }

        if (start >= 0) yield return Of(text, start, text.Length);
    }

    /// <summary>Scripts whose words stand together without spaces, by the blocks of the Unicode Character Database (Blocks.txt).</summary>
    public static bool IsUnspaced(Rune rune) => rune.Value
        is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3000 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x20000 and <= 0x2FA1F);

    private static bool IsWord(string text, int at, Rune rune, bool inside) =>
        Rune.IsLetterOrDigit(rune) || (inside && rune.Value is '\'' or '’') || IsMark(text, at);

    private static bool IsMark(string text, int at) =>
        char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static TextToken Of(string text, int start, int end) => new(start, end, text[start..end].ToLowerInvariant().Replace('’', '\'').TrimEnd('\''));
}

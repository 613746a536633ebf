using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Text as flite reads it: ASCII, in pieces of whole sentences, because flite holds all of one run in memory (200 MB for 4,096 characters).</summary>
internal static class FliteText
{
    /// <summary>The longest piece in characters. A sentence that is longer is cut at a comma or between words.</summary>
    public const int MaxPiece = 500;

    // Unicode normalisation does nothing where globalization is invariant, so the letters are listed.
    private static readonly FrozenDictionary<char, string> Plain = new (string Ascii, string Characters)[]
    {
        ("A", "ÀÁÂÃÄÅĀĂĄ"), ("AE", "Æ"), ("C", "ÇĆĈĊČ"), ("D", "ÐĎĐ"), ("E", "ÈÉÊËĒĔĖĘĚ"), ("G", "ĜĞĠĢ"), ("H", "ĤĦ"), ("I", "ÌÍÎÏĨĪĬĮİ"), ("J", "Ĵ"), ("K", "Ķ"),
        ("L", "ĹĻĽĿŁ"), ("N", "ÑŃŅŇŊ"), ("O", "ÒÓÔÕÖØŌŎŐ"), ("OE", "Œ"), ("R", "ŔŖŘ"), ("S", "ŚŜŞŠȘ"), ("T", "ŢŤŦȚ"), ("Th", "Þ"), ("U", "ÙÚÛÜŨŪŬŮŰŲ"), ("W", "Ŵ"),
        ("Y", "ÝŶŸ"), ("Z", "ŹŻŽ"), ("a", "àáâãäåāăąª"), ("ae", "æ"), ("c", "çćĉċč"), ("d", "ðďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįı"),
        ("j", "ĵ"), ("k", "ķĸ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉŋ"), ("o", "òóôõöøōŏőº"), ("oe", "œ"), ("r", "ŕŗř"), ("s", "śŝşšșſ"), ("ss", "ßẞ"), ("t", "ţťŧț"), ("th", "þ"),
        ("u", "ùúûüũūŭůűųµμ"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("'", "‘’‚‛′´`ʼ"), ("\"", "“”„‟″«»"), (" - ", "–—―"), ("-", "‐‑‒−"), ("...", "…"),
        (".", "。"), (",", "、，"), (" euros ", "€"), (" pounds ", "£"), (" degrees ", "°"), (" times ", "×"), (" plus or minus ", "±"), (" divided by ", "÷"), (" one half ", "½"),
        (" one quarter ", "¼"), (" three quarters ", "¾"), (" copyright ", "©"), (" trademark ", "™"), (" percent ", "％"),
    }.SelectMany(entry => entry.Characters, (entry, character) => KeyValuePair.Create(character, entry.Ascii)).ToFrozenDictionary();

    /// <summary>Writes the text in ASCII. Symbols and emoji without a reading are left out.</summary>
    /// <returns><see langword="false"/> when the text holds a letter or digit that ASCII has nothing for: flite would leave it out unsaid.</returns>
    public static bool TryWrite(string text, out string ascii)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= ' ' and < 0x7F) or '\n') plain.Append((char)rune.Value);
            else if (rune.IsBmp && Plain.TryGetValue((char)rune.Value, out var written)) plain.Append(written);
            else if (Rune.IsLetterOrDigit(rune))
            {
                ascii = "";
                return false;
            }
            else if (IsCombining(rune)) continue;
            else plain.Append(' ');
        }

        ascii = plain.ToString();
        return true;
    }

    /// <summary>Pieces of at most <see cref="MaxPiece"/> characters, cut after a sentence where there is one.</summary>
    public static IEnumerable<string> Split(string ascii)
    {
        var start = 0;
        while (ascii.Length - start > MaxPiece)
        {
            var window = ascii.AsSpan(start, MaxPiece);
            var length = LastCut(window, ".!?") is > 0 and var sentence ? sentence
                : LastCut(window, ",;:)") is > 0 and var clause ? clause
                : window.LastIndexOfAny(' ', '\n') is > 0 and var word ? word
                : MaxPiece;
            if (WrittenLanguage.IsPronounceable(window[..length])) yield return ascii.Substring(start, length);
            start += length;
        }

        if (WrittenLanguage.IsPronounceable(ascii.AsSpan(start))) yield return ascii[start..];
    }

    // The place behind the last of the marks that a space or a new line follows.
    private static int LastCut(ReadOnlySpan<char> window, ReadOnlySpan<char> marks)
    {
        for (var at = window.Length - 2; at > 0; at--)
        {
            if (window[at + 1] is ' ' or '\n' && marks.Contains(window[at])) return at + 1;
        }

        return -1;
    }

    private static bool IsCombining(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.EnclosingMark;
}

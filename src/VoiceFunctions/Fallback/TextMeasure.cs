using System.Runtime.InteropServices;
using System.Text;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>What the length of a text in any unit follows from. The measures of parts add up to that of the whole.</summary>
/// <param name="Characters">Unicode scalar values.</param>
/// <param name="Ascii">Those of them that are ASCII.</param>
/// <param name="Bytes">In UTF-8.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextMeasure(int Characters, int Ascii, int Bytes)
{
    /// <summary>Characters of English text to a token, at the least (OpenAI, "What are tokens": about four), so that an estimate errs towards too long.</summary>
    private const int CharactersPerToken = 3;

    public static TextMeasure operator +(TextMeasure a, TextMeasure b) => new(a.Characters + b.Characters, a.Ascii + b.Ascii, a.Bytes + b.Bytes);

    public static TextMeasure operator -(TextMeasure a, TextMeasure b) => new(a.Characters - b.Characters, a.Ascii - b.Ascii, a.Bytes - b.Bytes);

    public static TextMeasure Of(Rune rune) => new(1, rune.IsAscii ? 1 : 0, rune.Utf8SequenceLength);

    public static TextMeasure Of(ReadOnlySpan<char> text)
    {
        if (System.Text.Ascii.IsValid(text)) return new(text.Length, text.Length, text.Length);
        var measure = default(TextMeasure);
        foreach (var rune in text.EnumerateRunes()) measure += Of(rune);
        return measure;
    }

    public long In(BillingUnit unit) => unit switch
    {
        BillingUnit.Bytes => Bytes,
        // A token is at most one character of any other script, so only ASCII counts for less.
        BillingUnit.Tokens => Characters - ((long)Ascii * (CharactersPerToken - 1) / CharactersPerToken),
        _ => Characters,
    };
}

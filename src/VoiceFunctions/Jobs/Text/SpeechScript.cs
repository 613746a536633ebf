using System.Text;
using VoiceFunctions.Fallback;

namespace VoiceFunctions.Jobs.Text;

/// <summary>A text as its words and the markup between them. Plain text has no markup and is written as it is.</summary>
/// <param name="Words">What stands between the tags, in order.</param>
/// <param name="Markup">In document order.</param>
/// <param name="Breaks">Places where markup allows a cut, ascending: <c>p</c> ends a paragraph, <c>s</c> a sentence, and a <c>break</c> divides clauses.</param>
/// <param name="IsXml">Whether words are written with XML's escapes.</param>
internal sealed record SpeechScript(string Words, IReadOnlyList<Markup> Markup, IReadOnlyList<TextBreak> Breaks, bool IsXml)
{
    public static SpeechScript Plain(string text) => new(text, [], [], IsXml: false);

    /// <summary>How long a character is as it is written.</summary>
    public TextMeasure Measure(Rune rune) =>
        IsXml && rune.IsBmp && Escape((char)rune.Value) is { } escape ? new(escape.Length, escape.Length, escape.Length) : TextMeasure.Of(rune);

    /// <summary>Writes the words of a range.</summary>
    public void Append(StringBuilder target, int start, int end)
    {
        var words = Words.AsSpan(start, end - start);
        if (IsXml) Write(target, words);
        else target.Append(words);
    }

    /// <summary>Writes the text of an element.</summary>
    public static void Write(StringBuilder xml, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (Escape(c) is { } escape) xml.Append(escape);
            else xml.Append(c);
        }
    }

    /// <summary>A carriage return that is not escaped would be read as a line feed (XML 1.0, section 2.11).</summary>
    private static string? Escape(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\r' => "&#13;",
        _ => null,
    };
}

using System.Text;

namespace VoiceFunctions.Jobs.Text;

/// <summary>Takes out of a text what is there for the eye alone. No word is changed.</summary>
internal static class TextCleaner
{
    private const char SoftHyphen = '\u00AD';
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Fewer of them can be a dash or a star that means something.</summary>
    private const int ShortestRule = 3;

    /// <summary>
    /// Line ends become line feeds, blank lines one, lines drawn of signs (<c>---</c>, <c>* * *</c>) blank, and marks that nobody sees go: byte order marks, soft
    /// hyphens, control characters.
    /// </summary>
    public static string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        var isBlank = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var rest = line.TrimEnd();
            if (rest.IsEmpty || IsRule(rest))
            {
                isBlank = cleaned.Length > 0;
                continue;
            }

            if (cleaned.Length > 0) cleaned.Append('\n');
            if (isBlank) cleaned.Append('\n');
            isBlank = false;
            foreach (var c in rest)
            {
                if (c is '\t') cleaned.Append(' ');
                else if (!char.IsControl(c) && c is not (SoftHyphen or ByteOrderMark)) cleaned.Append(c);
            }
        }

        return cleaned.ToString();
    }

    private static bool IsRule(ReadOnlySpan<char> line)
    {
        var sign = '\0';
        var count = 0;
        foreach (var c in line)
        {
            if (char.IsWhiteSpace(c)) continue;
            if (c is not ('-' or '*' or '_' or '=' or '~' or '#' or '+' or '.' or '·' or '•' or '–' or '—' or '─' or '═') || (count > 0 && c != sign)) return false;
            sign = c;
            count++;
        }

        return count >= ShortestRule;
    }
}

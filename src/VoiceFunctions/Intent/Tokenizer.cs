using System.Globalization;
using System.Text;

namespace VoiceFunctions.Intent;

/// <summary>Cuts a message into words and breaks, in one pass over its first <see cref="MaxLength"/> characters.</summary>
/// <remarks>A quotation, an address, code and a formula become one placeholder each: what stands in them is material, not a request.</remarks>
internal static class Tokenizer
{
    public const int MaxLength = 4_096;

    private const char CombiningBreve = '\u0306';
    private const char CombiningDiaeresis = '\u0308';
    private const int MaxSingleQuoted = 200;
    private const int MinStretch = 3;

    public static List<Token> Tokenize(string message, int maxLength = MaxLength)
    {
        var text = message.AsSpan(0, Math.Min(message.Length, maxLength));
        var tokens = new List<Token>();
        var word = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (Placeholder(text, at) is var (placeholder, end))
            {
                tokens.Add(new Token(TokenKind.Word, placeholder, start, end));
                at = end;
            }
            else if (char.IsLetterOrDigit(text[at]))
            {
                at = ReadWord(text, at, word);
                tokens.Add(new Token(TokenKind.Word, word.ToString(), start, at));
            }
            else
            {
                at++;
                if (BreakAt(text, start) is { } kind)
                {
                    tokens.Add(new Token(kind, string.Empty, start, at));
                }
            }
        }

        return tokens;
    }

    private static int ReadWord(ReadOnlySpan<char> text, int at, StringBuilder word)
    {
        word.Clear();
        var run = 0;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsLetterOrDigit(c))
            {
                c = char.ToLowerInvariant(c) is 'ё' ? 'е' : char.ToLowerInvariant(c);
                run = word.Length > 0 && word[^1] == c && char.IsLetter(c) ? run + 1 : 1;
                AppendInRun(word, c, run);
            }
            else if (c == CombiningBreve && word.Length > 0 && word[^1] == 'и')
            {
                word[^1] = 'й';
            }
            else if (!IsIgnoredInWord(text, at))
            {
                break;
            }
        }

        return at;
    }

    // "pleeease" and "голосооом" are how people plead; neither language spells a letter three times in a row.
    private static void AppendInRun(StringBuilder word, char c, int run)
    {
        if (run < MinStretch)
        {
            word.Append(c);
        }
        else if (run == MinStretch)
        {
            word.Length--;
        }
    }

    private static bool IsIgnoredInWord(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '\'' or '’' or 'ʼ' => at + 1 < text.Length && char.IsLetter(text[at + 1]),
        CombiningDiaeresis => true,
        var c => char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark,
    };

    private static (string Text, int End)? Placeholder(ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        return rest[0] switch
        {
            'h' or 'H' or 'w' or 'W' when StartsAddress(rest) => (Token.Address, at + LengthUntilSpace(rest)),
            '`' when rest.StartsWith("```") => (Token.Code, at + LengthThrough(rest, 3, "```")),
            '{' when rest[1..].TrimStart() is ['"', ..] => (Token.Code, at + Math.Max(rest.LastIndexOf('}') + 1, 1)),
            '\\' when rest.Length > 1 && char.IsAsciiLetter(rest[1]) => (Token.Formula, at + LengthUntilSpace(rest)),
            '`' => Quoted(rest, at, '`'),
            '"' => Quoted(rest, at, '"'),
            '«' => Quoted(rest, at, '»'),
            '“' => Quoted(rest, at, '”'),
            '„' => Quoted(rest, at, '“'),
            '\'' or '‘' when at == 0 || !char.IsLetterOrDigit(text[at - 1]) => SingleQuoted(rest, at),
            _ => null,
        };
    }

    private static bool StartsAddress(ReadOnlySpan<char> rest) =>
        rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase);

    private static int LengthUntilSpace(ReadOnlySpan<char> rest) => rest.IndexOfAny(" \t\r\n") is >= 0 and var length ? length : rest.Length;

    private static int LengthThrough(ReadOnlySpan<char> rest, int from, string close) =>
        rest[from..].IndexOf(close) is >= 0 and var length ? from + length + close.Length : rest.Length;

    private static (string Text, int End)? Quoted(ReadOnlySpan<char> rest, int at, char close) =>
        rest[1..].IndexOf(close) is > 0 and var length ? (Token.Quotation, at + length + 2) : null;

    private static (string Text, int End)? SingleQuoted(ReadOnlySpan<char> rest, int at)
    {
        for (var i = 2; i < Math.Min(rest.Length, MaxSingleQuoted); i++)
        {
            if (rest[i] is '\'' or '’' && (i + 1 == rest.Length || !char.IsLetterOrDigit(rest[i + 1])))
            {
                return (Token.Quotation, at + i + 1);
            }
        }

        return null;
    }

    private static TokenKind? BreakAt(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '!' or '?' or ';' or '\n' or '…' => TokenKind.Stop,
        '.' => at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]) ? TokenKind.Stop : null,
        ':' => TokenKind.Colon,
        ',' or '(' or ')' or '[' or ']' or '—' or '–' => TokenKind.Comma,
        '-' => at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]) ? TokenKind.Comma : null,
        // An emoji ends a clause as a comma does; its second half would only end it twice.
        var c => char.IsHighSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.OtherSymbol ? TokenKind.Comma : null,
    };
}

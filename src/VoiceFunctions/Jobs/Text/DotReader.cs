using System.Buffers;
using System.Text;

namespace VoiceFunctions.Jobs.Text;

/// <summary>Tells the dot that ends a sentence from that of an abbreviation, an initial or an ordinal number.</summary>
internal readonly ref struct DotReader
{
    /// <summary>No abbreviation is longer; a hostile text has words of a million letters.</summary>
    private const int LongestWord = 24;

    private static readonly SearchValues<string> OrdinalLanguages =
        SearchValues.Create(["de", "cs", "da", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"], StringComparison.Ordinal);

    /// <summary>German words that begin a sentence behind a number, since nouns, which an ordinal stands before, have capitals as well.</summary>
    private static readonly SearchValues<string> GermanBeginnings = SearchValues.Create(
        [
            "Aber", "Als", "Also", "Am", "An", "Auch", "Auf", "Aus", "Bei", "Bis", "Da", "Dabei", "Damals", "Danach", "Dann", "Das", "Dass", "Davon", "Dazu", "Denn", "Der", "Des", "Deshalb", "Die",
            "Dies", "Diese", "Dieser", "Dieses", "Doch", "Dort", "Du", "Ein", "Eine", "Einer", "Er", "Erst", "Es", "Für", "Hier", "Ich", "Ihr", "Ihre", "Im", "In", "Ist", "Jeder", "Jetzt", "Kein",
            "Keine", "Man", "Mehr", "Mit", "Nach", "Nicht", "Noch", "Nun", "Nur", "Ob", "Oder", "Ohne", "Sein", "Seine", "Seit", "Sie", "So", "Später", "Trotzdem", "Und", "Unter", "Vom", "Von", "Vor",
            "Wann", "Warum", "Was", "Weil", "Wenn", "Wer", "Wie", "Wir", "Wo", "Zu", "Zum", "Zur", "Zwei",
        ],
        StringComparison.Ordinal);

    private readonly ReadOnlySpan<char> _text;
    private readonly string _language;
    private readonly bool _hasOrdinals;
    private readonly Abbreviations _abbreviations;

    public DotReader(ReadOnlySpan<char> text, string language)
    {
        _text = text;
        _language = language;
        _hasOrdinals = OrdinalLanguages.Contains(language);
        _abbreviations = new Abbreviations(language);
    }

    /// <param name="dot">Where the dot is.</param>
    /// <param name="next">Where the next word begins.</param>
    /// <param name="begins">Where its letters or digits begin.</param>
    public BreakKind Read(int dot, int next, int begins)
    {
        var start = dot;
        while (start > 0 && dot - start <= LongestWord && IsWordPart(_text[start - 1])) start--;
        var word = _text[start..dot];
        if (word.Length is 0 or > LongestWord) return BreakKind.Sentence;
        var follows = begins < _text.Length ? _text[begins] : ' ';
        if (word.IndexOfAnyExceptInRange('0', '9') < 0) return Number(word, start, begins, follows);
        if (word.Length == 1) return Single(word[0], start, dot, begins, follows);
        if (_abbreviations.Find(word) is { } kind) return Abbreviation(kind, begins, follows);
        if (_hasOrdinals && word.IndexOfAnyExcept("IVXLC") < 0) return Ordinal(begins, follows);
        return IsInitials(word) ? BreakKind.Glued : BreakKind.Sentence;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '.' or '-' or '\u2011' || (!char.IsSurrogate(c) && Graphemes.IsMark(new Rune(c)));

    private BreakKind Number(ReadOnlySpan<char> word, int start, int begins, char follows)
    {
        // "1. Introduction" at the beginning of a line is an item of a list.
        if (word.Length <= 3 && IsLineStart(start)) return BreakKind.Glued;
        if (word.Length > 2) return BreakKind.Sentence;
        return char.IsDigit(follows) ? BreakKind.Glued : _hasOrdinals ? Ordinal(begins, follows) : BreakKind.Sentence;
    }

    private BreakKind Ordinal(int begins, char follows) =>
        char.IsLower(follows) || (_language is "de" && char.IsUpper(follows) && !GermanBeginnings.Contains(WordAt(begins))) ? BreakKind.Glued : BreakKind.Sentence;

    /// <summary>An initial, a part of a spaced abbreviation such as "z. B.", or an abbreviation of one letter.</summary>
    private BreakKind Single(char letter, int start, int dot, int begins, char follows)
    {
        Span<char> chain = stackalloc char[8];
        if (Chain(start, dot, chain) is > 1 and var length)
        {
            return Abbreviation(_abbreviations.Find(chain[..length]) ?? AbbreviationKind.Leading, begins, follows);
        }

        if (begins + 1 < _text.Length && char.IsLetter(follows) && _text[begins + 1] is '.') return BreakKind.Glued;
        if (char.IsUpper(letter)) return letter is 'I' && _language is "en" ? BreakKind.Sentence : BreakKind.Glued;
        var kind = _abbreviations.Find([letter]);
        if (char.IsLower(follows) && kind is null or AbbreviationKind.Numbering) return BreakKind.Glued;
        if (kind is { } known) return Abbreviation(known, begins, follows);
        // Of one small Cyrillic letter only "я" is a word that ends sentences; с., д., о. stand before names and numbers.
        return letter is >= 'а' and < 'я' ? BreakKind.Glued : BreakKind.Sentence;
    }

    private static BreakKind Abbreviation(AbbreviationKind kind, int begins, char follows) => kind switch
    {
        AbbreviationKind.Leading => BreakKind.Glued,
        AbbreviationKind.Numbering => char.IsDigit(follows) ? BreakKind.Glued : char.IsLower(follows) ? BreakKind.Word : BreakKind.Sentence,
        AbbreviationKind.Trailing => char.IsLower(follows) ? BreakKind.Word : BreakKind.Sentence,
        _ => BreakKind.Word,
    };

    /// <summary>"т.д" of "т. д." that ends at a dot. Answers its length, 1 for a letter that stands alone.</summary>
    private int Chain(int start, int dot, Span<char> chain)
    {
        var length = chain.Length;
        chain[--length] = _text[start];
        while (length >= 2)
        {
            var at = start;
            while (at > 0 && start - at < 2 && Punctuation.IsSpace(_text[at - 1])) at--;
            if (at == start || at < 2 || _text[at - 1] is not '.' || !char.IsLetter(_text[at - 2])) break;
            if (at > 2 && IsWordPart(_text[at - 3])) break;
            start = at - 2;
            chain[--length] = '.';
            chain[--length] = _text[start];
        }

        chain[length..].CopyTo(chain);
        return chain.Length - length;
    }

    /// <summary>U.S, J.R.R, J.-C, А.С</summary>
    private static bool IsInitials(ReadOnlySpan<char> word)
    {
        var isLetter = false;
        var dots = 0;
        foreach (var c in word)
        {
            if (c is '.' or '-')
            {
                isLetter = false;
                dots++;
            }
            else if (isLetter || !char.IsUpper(c))
            {
                return false;
            }
            else
            {
                isLetter = true;
            }
        }

        return dots > 0;
    }

    private bool IsLineStart(int at)
    {
        for (var back = 0; back < 8 && at > 0; back++)
        {
            if (Punctuation.IsLineEnd(_text[--at])) return true;
            if (!Punctuation.IsSpace(_text[at])) return false;
        }

        return at == 0;
    }

    private string WordAt(int at)
    {
        var end = at;
        while (end < _text.Length && end - at < LongestWord && char.IsLetter(_text[end])) end++;
        return _text[at..end].ToString();
    }
}

namespace VoiceFunctions.Jobs.Text;

/// <summary>Finds the places between the words of a text where it can be cut, and how good they are, in one pass. White space belongs to what it follows.</summary>
internal readonly ref struct BreakFinder
{
    /// <summary>How far is looked past quotation marks, dashes and spaces for how a sentence begins. There are few; a hostile text has thousands.</summary>
    private const int LookAhead = 12;

    private readonly ReadOnlySpan<char> _text;
    private readonly DotReader _dots;

    private BreakFinder(string text, string? language)
    {
        _text = text;
        _dots = new DotReader(text, TextLanguage.Of(language, text));
    }

    /// <summary>Ascending, neither the beginning nor the end among them.</summary>
    public static List<TextBreak> Find(string text, string? language) => new BreakFinder(text, language).Find();

    private List<TextBreak> Find()
    {
        var breaks = new List<TextBreak>(_text.Length / 6);
        for (var at = 0; at < _text.Length;)
        {
            var start = at;
            BreakKind? kind;
            if (Punctuation.IsSpace(_text[at]))
            {
                while (at < _text.Length && Punctuation.IsSpace(_text[at])) at++;
                kind = OfSpace(start, at);
            }
            else
            {
                kind = OfMark(ref at);
            }

            if (kind is { } found && at < _text.Length && !Graphemes.Extends(_text[at..])) breaks.Add(new TextBreak(at, found));
        }

        return breaks;
    }

    /// <summary>A cut that needs no space: behind the marks of Chinese and Japanese, and behind a long dash between words.</summary>
    private BreakKind? OfMark(ref int at)
    {
        var first = _text[at++];
        if (first is '—' && at >= 2 && at < _text.Length && !Punctuation.IsSpace(_text[at - 2]))
        {
            while (at < _text.Length && _text[at] is '—') at++;
            return at < _text.Length && char.IsLetter(_text[at]) ? BreakKind.Clause : null;
        }

        var isStop = Punctuation.IsStop(first);
        if (!isStop && !Punctuation.IsClauseMark(first)) return null;
        var start = at - 1;
        var isWide = IsWideMark(first);
        var isEllipsis = first is '…';
        while (at < _text.Length && Punctuation.IsStop(_text[at]))
        {
            isWide |= Punctuation.IsWideStop(_text[at]);
            isStop = true;
            isEllipsis &= _text[at] is '…' or '.';
            at++;
        }

        var marks = at;
        while (at < _text.Length && Punctuation.IsCloser(_text[at]) && !Opens(at)) at++;
        if (at == _text.Length || Punctuation.IsSpace(_text[at])) return null;
        if (!isWide && !Punctuation.IsWide(_text[at])) return null;
        // 10：30, 1，000 and ３．１４ are numbers.
        if (at == start + 1 && char.IsDigit(_text[at]) && start > 0 && char.IsDigit(_text[start - 1])) return null;
        if (Punctuation.IsClauseMark(_text[at]) || Punctuation.IsDash(_text[at])) return null;
        if (!isStop || isEllipsis) return BreakKind.Clause;
        // 「行く。」と言った: the quotation is a part of the sentence.
        return at > marks && _text[at] is >= '\u3041' and <= '\u3096' ? BreakKind.Clause : BreakKind.Sentence;
    }

    private static bool IsWideMark(char mark) => Punctuation.IsWideStop(mark) || Punctuation.IsWideClauseMark(mark);

    /// <summary>Whether the quotation mark before a letter opens, as “ in Chinese does.</summary>
    private bool Opens(int at) =>
        _text[at] is '“' or '‘' or '«' or '"' or '\'' && at + 1 < _text.Length && char.IsLetterOrDigit(_text[at + 1]) && _text[at] is not ('"' or '\'');

    private BreakKind? OfSpace(int start, int end)
    {
        if (end == _text.Length) return null;
        // Silence before the first word, which leaves it all the room of a chunk.
        if (start == 0) return BreakKind.Glued;
        var lines = CountLines(start, end);
        if (lines > 1) return BreakKind.Paragraph;
        var kind = lines == 0 && _text[start..end].IndexOfAnyExcept('\u00A0', '\u202F', '\u2060') < 0 ? BreakKind.Glued : Between(start, end, lines > 0);
        return lines > 0 ? AtLineEnd(kind, end) : kind;
    }

    /// <summary>The end of a line ends a paragraph if a sentence ends with it. Else it may only be where a wide text was folded.</summary>
    private BreakKind AtLineEnd(BreakKind kind, int end) => kind switch
    {
        BreakKind.Sentence => BreakKind.Paragraph,
        BreakKind.Word or BreakKind.Clause when BeginsListItem(end) => BreakKind.Paragraph,
        BreakKind.Word when !char.IsLower(_text[end]) => BreakKind.Clause,
        _ => kind,
    };

    private bool BeginsListItem(int at)
    {
        var rest = _text[at..];
        if (rest.Length > 2 && rest[0] is '•' or '‣' or '▪' or '*' or '-' or '–' or '—' && Punctuation.IsSpace(rest[1])) return true;
        var digits = 0;
        while (digits < rest.Length && digits < 4 && char.IsAsciiDigit(rest[digits])) digits++;
        return digits is > 0 and < 4 && rest.Length > digits + 1 && rest[digits] is '.' or ')' && Punctuation.IsSpace(rest[digits + 1]);
    }

    private BreakKind Between(int start, int end, bool isLineEnd)
    {
        if (IsTrailing(end)) return BreakKind.Glued;
        var last = _text[start - 1];
        if (Punctuation.IsOpener(last) && last is not ('»' or '”' or '’') && BeginsWord(start - 1)) return BreakKind.Glued;
        if (!isLineEnd && TiesNumbers(start, end)) return BreakKind.Glued;
        if (Punctuation.IsDash(last) && BeginsWord(start - 1)) return BehindDash(start, end);

        var stopEnd = start;
        while (stopEnd > 0 && Punctuation.IsCloser(_text[stopEnd - 1])) stopEnd--;
        var isQuoted = stopEnd < start;
        // « Viens ! » has a space before the mark that closes, too.
        var inner = stopEnd;
        while (isQuoted && inner > 0 && Punctuation.IsSpace(_text[inner - 1])) inner--;
        if (inner > 0 && inner < stopEnd && _text[stopEnd] is '»' && Punctuation.IsStop(_text[inner - 1])) stopEnd = inner;

        var stopStart = stopEnd;
        while (stopStart > 0 && Punctuation.IsStop(_text[stopStart - 1])) stopStart--;
        if (stopStart < stopEnd) return BehindStop(stopStart, stopEnd, isQuoted, end);
        if (stopEnd > 0 && Punctuation.IsClauseMark(_text[stopEnd - 1])) return BreakKind.Clause;
        return !isLineEnd && Punctuation.IsDash(_text[end]) && end + 1 < _text.Length && Punctuation.IsSpace(_text[end + 1]) ? BreakKind.Glued : BreakKind.Word;
    }

    private BreakKind BehindStop(int start, int end, bool isQuoted, int next)
    {
        var begins = Beginning(next);
        var isLower = begins < _text.Length && char.IsLower(_text[begins]);
        var stops = _text[start..end];
        if (stops is ".")
        {
            var kind = _dots.Read(start, next, begins);
            return kind switch
            {
                BreakKind.Sentence when isLower => isQuoted ? BreakKind.Clause : BreakKind.Word,
                BreakKind.Glued when isQuoted => BreakKind.Word,
                _ => kind,
            };
        }

        var leads = start == 0 || Punctuation.IsSpace(_text[start - 1]);
        var isEllipsis = stops.IndexOfAnyExcept('.', '…') < 0;
        return isLower || (isEllipsis && leads) ? BreakKind.Clause : BreakKind.Sentence;
    }

    /// <summary>A dash between words divides clauses; one that begins a line or a sentence opens a speech, and one between numbers stands for "to".</summary>
    private BreakKind BehindDash(int start, int end)
    {
        var before = start - 1;
        while (before > 0 && Punctuation.IsDash(_text[before - 1])) before--;
        var isLineStart = false;
        while (before > 0 && Punctuation.IsSpace(_text[before - 1])) isLineStart |= Punctuation.IsLineEnd(_text[--before]);
        while (before > 0 && Punctuation.IsCloser(_text[before - 1])) before--;
        if (before == 0 || isLineStart) return BreakKind.Glued;
        var previous = _text[before - 1];
        return Punctuation.IsStop(previous) || Punctuation.IsClauseMark(previous) || (char.IsDigit(previous) && char.IsDigit(_text[end])) ? BreakKind.Glued : BreakKind.Clause;
    }

    /// <summary>Whether what follows belongs to what went before, as French <c>?</c> and <c>»</c>, and as <c>%</c> and <c>€</c> behind a number.</summary>
    private bool IsTrailing(int at)
    {
        if (_text[at] is not ('!' or '?' or ':' or ';' or ',' or '»' or ')' or ']' or '}' or '%' or '‰' or '…' or '.')) return false;
        if (_text[at] is '.' or '…' && at + 1 < _text.Length && Punctuation.IsStop(_text[at + 1])) return false;
        return at + 1 == _text.Length || !char.IsLetterOrDigit(_text[at + 1]);
    }

    /// <summary><c>10 000</c>, <c>+7 (495) 123</c>, <c>№ 5</c>, <c>5 €</c>, <c>20 °C</c>.</summary>
    private bool TiesNumbers(int start, int end)
    {
        var (last, next) = (_text[start - 1], _text[end]);
        if (char.IsDigit(next))
        {
            return char.IsDigit(last) || (last is ')' && start >= 2 && char.IsDigit(_text[start - 2])) || (last is '№' or '§' or '#' or '+' or '−' || char.GetUnicodeCategory(last) is
                System.Globalization.UnicodeCategory.CurrencySymbol) && BeginsWord(start - 1);
        }

        if (!char.IsDigit(last)) return false;
        return next is '°' or '(' && end + 1 < _text.Length && (next is '°' || char.IsDigit(_text[end + 1]))
            || char.GetUnicodeCategory(next) is System.Globalization.UnicodeCategory.CurrencySymbol;
    }

    private bool BeginsWord(int at) => at == 0 || Punctuation.IsSpace(_text[at - 1]) || Punctuation.IsOpener(_text[at - 1]);

    /// <summary>Where the letters or digits of the next sentence begin, behind what may open it.</summary>
    private int Beginning(int at)
    {
        var limit = Math.Min(_text.Length, at + LookAhead);
        while (at < limit && (Punctuation.IsOpener(_text[at]) || Punctuation.IsSpace(_text[at]) || Punctuation.IsDash(_text[at]))) at++;
        return at;
    }

    private int CountLines(int start, int end)
    {
        var lines = 0;
        for (var at = start; at < end; at++)
        {
            if (_text[at] is '\f' or '\u2029') return 2;
            if (_text[at] is '\n' && at > start && _text[at - 1] is '\r') continue;
            if (Punctuation.IsLineEnd(_text[at])) lines++;
        }

        return lines;
    }
}

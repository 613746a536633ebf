using System.Globalization;
using System.Text;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Text;

/// <summary>Measures a script from its beginning to each place where it can be cut.</summary>
internal sealed class ScriptRuler
{
    private readonly SpeechScript _script;
    private readonly Stack<Markup> _open = [];
    private int _position;
    private int _markup;
    private TextMeasure _before;
    private int _characters;
    private bool _isBehindSpace = true;
    private int _letters;
    private int _spoken;
    private int _elements;
    private TextMeasure _startTags;
    private TextMeasure _endTags;

    private ScriptRuler(SpeechScript script) => _script = script;

    /// <summary>The beginning, every place where the script can be cut within the limits, and its end.</summary>
    public static MeasuredBreak[] Measure(SpeechScript script, List<TextBreak> breaks, ChunkLimits limits)
    {
        var measured = new ScriptRuler(script).Measure(breaks);
        var isDense = false;
        var dense = new List<TextBreak>(breaks.Count);
        for (var index = 1; index < measured.Length; index++)
        {
            if (limits.Fill(measured[index - 1], measured[index]) > 1)
            {
                isDense = true;
                CutWord(script, measured[index - 1], measured[index], limits, dense);
            }

            if (index < measured.Length - 1) dense.Add(new TextBreak(measured[index].Position, measured[index].Kind));
        }

        return isDense ? new ScriptRuler(script).Measure(OutsideElements(script, dense)) : measured;
    }

    /// <summary>Without those inside elements that stay whole.</summary>
    public static List<TextBreak> OutsideElements(SpeechScript script, List<TextBreak> breaks)
    {
        if (script.Markup.Count == 0) return breaks;
        var next = 0;
        return breaks.FindAll(candidate =>
        {
            while (next < script.Markup.Count && script.Markup[next] is var markup && (markup.Length == 0 || markup.Position + markup.Length <= candidate.Position)) next++;
            return next == script.Markup.Count || script.Markup[next].Position >= candidate.Position;
        });
    }

    /// <summary>A word that is too long for a chunk can be cut between any two characters, and best where a reader would.</summary>
    private static void CutWord(SpeechScript script, in MeasuredBreak start, in MeasuredBreak end, ChunkLimits limits, List<TextBreak> breaks)
    {
        var words = script.Words;
        for (var at = start.Position; at < end.Position;)
        {
            var length = StringInfo.GetNextTextElementLength(words.AsSpan(at, end.Position - at));
            if (at > start.Position) breaks.Add(new TextBreak(at, Graphemes.DividesWords(words, at) ? BreakKind.Character : BreakKind.Grapheme));
            var measure = TextMeasure.Of(words.AsSpan(at, length));
            if (length > 1 && limits.Fill(default, new MeasuredBreak { Before = measure, Characters = measure.Characters }) > 1)
            {
                for (var inside = at + 1; inside < at + length; inside++)
                {
                    if (!char.IsLowSurrogate(words[inside])) breaks.Add(new TextBreak(inside, BreakKind.Scalar));
                }
            }

            at += length;
        }
    }

    private MeasuredBreak[] Measure(List<TextBreak> breaks)
    {
        var measured = new MeasuredBreak[breaks.Count + 2];
        measured[0] = Here(BreakKind.Paragraph);
        for (var index = 0; index < breaks.Count; index++)
        {
            MoveTo(breaks[index].Position, isEnd: false);
            measured[index + 1] = Here(breaks[index].Kind);
        }

        MoveTo(_script.Words.Length, isEnd: true);
        measured[^1] = Here(BreakKind.Paragraph);
        return measured;
    }

    private MeasuredBreak Here(BreakKind kind) => new(_position, _markup, kind, _before, _characters, _letters, _spoken, _elements, (_startTags, _endTags));

    private void MoveTo(int position, bool isEnd)
    {
        while (_markup < _script.Markup.Count && _script.Markup[_markup] is var next && (isEnd || next.Position < position || (next.Position == position && next.IsBehindWords)))
        {
            Read(next.Position, isWritten: true);
            _before += next.Measure;
            _markup++;
            Enter(next);
        }

        Read(position, isWritten: true);
    }

    private void Enter(Markup markup)
    {
        switch (markup.Kind)
        {
            case MarkupKind.Open:
                _open.Push(markup);
                _startTags += markup.Measure;
                _endTags += TextMeasure.Of(markup.EndTag);
                break;
            case MarkupKind.Close:
                var opened = _open.Pop();
                _startTags -= opened.Measure;
                _endTags -= markup.Measure;
                break;
            default:
                Read(markup.Position + markup.Length, isWritten: false);
                _elements++;
                break;
        }
    }

    private void Read(int end, bool isWritten)
    {
        foreach (var rune in _script.Words.AsSpan(_position, end - _position).EnumerateRunes())
        {
            if (isWritten) _before += _script.Measure(rune);
            var isSpace = rune.IsBmp && Punctuation.IsSpace((char)rune.Value);
            if (!isSpace || !_isBehindSpace) _characters++;
            _isBehindSpace = isSpace;
            if (Rune.IsLetterOrDigit(rune)) _letters++;
            if (SpokenText.IsSpoken(rune)) _spoken++;
        }

        _position = end;
    }
}

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>Texts that follow each other, seen as one row of words, of which some can be taken off at either end.</summary>
internal sealed class WordRow
{
    private readonly IReadOnlyList<string> _texts;
    private readonly List<(int Text, TextToken Token)> _words = [];

    public WordRow(params IReadOnlyList<string> texts)
    {
        _texts = texts;
        for (var text = 0; text < texts.Count; text++)
        {
            foreach (var token in TextToken.In(texts[text])) _words.Add((text, token));
        }
    }

    public int Count => _words.Count;

    /// <summary>Which of the texts a word is in.</summary>
    public int TextOf(int word) => _words[word].Text;

    public IReadOnlyList<string> First(int count) => Keys(0, Math.Min(count, Count));

    public IReadOnlyList<string> Last(int count) => Keys(Math.Max(0, Count - count), Count);

    /// <summary>The texts without the last <paramref name="count"/> words; <see langword="null"/> for those of which nothing is left.</summary>
    public IReadOnlyList<string?> WithoutLast(int count)
    {
        if (count == 0) return _texts;
        var kept = new string?[_texts.Count];
        if (count >= Count) return kept;
        var (last, token) = _words[^(count + 1)];
        for (var text = 0; text < last; text++) kept[text] = _texts[text];
        kept[last] = _texts[last][..token.End];
        return kept;
    }

    /// <summary>The texts without the first <paramref name="count"/> words; <see langword="null"/> for those of which nothing is left.</summary>
    public IReadOnlyList<string?> WithoutFirst(int count)
    {
        if (count == 0) return _texts;
        var kept = new string?[_texts.Count];
        if (count >= Count) return kept;
        var (first, token) = _words[count];
        kept[first] = _texts[first][token.Start..];
        for (var text = first + 1; text < kept.Length; text++) kept[text] = _texts[text];
        return kept;
    }

    private List<string> Keys(int from, int to)
    {
        var keys = new List<string>(to - from);
        for (var index = from; index < to; index++) keys.Add(_words[index].Token.Key);
        return keys;
    }
}

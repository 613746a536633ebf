using System.Collections.Frozen;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Text;

/// <summary>The language that decides what a dot means, where nobody has named it: by the script, and in Latin letters by the commonest small words.</summary>
internal static class TextLanguage
{
    /// <summary>Characters that are looked at: some hundred sentences.</summary>
    private const int Sample = 20_000;

    private const int LongestWord = 5;

    private static readonly (string Language, string Words)[] SmallWords =
    [
        ("en", "the and of to was that with his for is it you not had"),
        ("de", "der die das und ist nicht ein zu den mit sich auf von dem eine"),
        ("es", "el los las que y del una por con se su como más está"),
        ("fr", "le les et des du est une dans qui au pas pour ce avec vous"),
        ("it", "il di che della gli non per una sono con nel è"),
        ("pt", "o os que não uma do da em para com um foi"),
        ("nl", "de het een van en niet dat zijn op te met"),
        ("pl", "i w na się nie z że do jest jak"),
    ];

    private static readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Words = SmallWords
        .SelectMany((entry, index) => entry.Words.Split(' '), (entry, word) => (Word: word, Index: Array.IndexOf(SmallWords, entry)))
        .GroupBy(entry => entry.Word, entry => entry.Index)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The primary subtag.</summary>
    /// <param name="named">The language as the caller named it.</param>
    /// <param name="text">What is written in it.</param>
    public static string Of(string? named, ReadOnlySpan<char> text)
    {
        if (named is not null) return LanguageTag.Primary(named).ToLowerInvariant();
        var sample = text[..Math.Min(text.Length, Sample)];
        return WrittenLanguage.Detect(sample) ?? Latin(sample);
    }

    private static string Latin(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[SmallWords.Length];
        foreach (var range in text.SplitAny(' ', '\n', '\r', '\t', ',', '.'))
        {
            if (text[range] is not { Length: > 0 and <= LongestWord } word || !Words.TryGetValue(word, out var languages)) continue;
            foreach (var language in languages) counts[language]++;
        }

        var best = 0;
        for (var index = 1; index < counts.Length; index++)
        {
            if (counts[index] > counts[best]) best = index;
        }

        return SmallWords[best].Language;
    }
}

using System.Text;

namespace VoiceFunctions.Testing;

/// <summary>
/// Words that were substituted, left out or put in, over the words that were said: the least number of edits between the two (Levenshtein), on words
/// without case and punctuation, numbers up to 99 spelt out.
/// </summary>
public readonly record struct WordErrorRate(int Errors, int Words)
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public double Rate => (double)Errors / Words;

    public static WordErrorRate operator +(WordErrorRate left, WordErrorRate right) => Add(left, right);

    public static WordErrorRate Add(WordErrorRate left, WordErrorRate right) => new(left.Errors + right.Errors, left.Words + right.Words);

    public static WordErrorRate Between(string said, string heard)
    {
        var reference = Normalise(said);
        var hypothesis = Normalise(heard);
        var row = Enumerable.Range(0, hypothesis.Count + 1).ToArray();
        for (var i = 1; i <= reference.Count; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= hypothesis.Count; j++)
            {
                var substituted = diagonal + (reference[i - 1] == hypothesis[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return new WordErrorRate(row[^1], reference.Count);
    }

    public static IReadOnlyList<string> Normalise(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var character in text.ToLowerInvariant() + " ")
        {
            if (char.IsLetterOrDigit(character) || (character is '\'' or '’' && word.Length > 0))
            {
                word.Append(character == '’' ? '\'' : character);
            }
            else if (word.Length > 0)
            {
                words.AddRange(Spell(word.ToString().TrimEnd('\'')));
                word.Clear();
            }
        }

        return words;
    }

    private static IEnumerable<string> Spell(string word) => int.TryParse(word, out var number) && number is >= 0 and < 100
        ? number < Small.Length ? [Small[number]]
        : number % 10 == 0 ? [Tens[number / 10]]
        : [Tens[number / 10], Small[number % 10]]
        : [word];
}

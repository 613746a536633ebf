using System.Text;

namespace VoiceFunctions.Tests;

/// <summary>Substituted, left-out and added words, after both texts are brought to lower-case words without punctuation.</summary>
internal static class WordErrorRate
{
    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    public static double Of(string reference, string heard)
    {
        var words = Normalise(reference);
        return words.Length == 0 ? throw new ArgumentException("The reference holds no word.", nameof(reference)) : (double)Errors(words, Normalise(heard)) / words.Length;
    }

    public static int Errors(string reference, string heard) => Errors(Normalise(reference), Normalise(heard));

    /// <summary>Lower-case words; hyphens split, apostrophes vanish, numbers up to ten are spelled.</summary>
    public static string[] Normalise(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(character)) plain.Append(character);
            else if (character is not ('\'' or '’')) plain.Append(' ');
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => int.TryParse(word, out var number) && number >= 0 && number < Digits.Length ? Digits[number] : word)];
    }

    // Levenshtein distance over words, one row at a time.
    private static int Errors(string[] reference, string[] heard)
    {
        var row = Enumerable.Range(0, heard.Length + 1).ToArray();
        for (var i = 1; i <= reference.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= heard.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (reference[i - 1] == heard[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}

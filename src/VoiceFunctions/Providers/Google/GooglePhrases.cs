namespace VoiceFunctions.Providers.Google;

/// <summary>
/// The phrases of a SpeechContext out of a caller's prompt: parts between commas, semicolons and line ends. At most 5,000 phrases of 100 characters
/// (https://cloud.google.com/speech-to-text/quotas); a part that is longer is broken between words, since Google refuses the whole request for it.
/// </summary>
internal static class GooglePhrases
{
    private const int MaxPhrases = 5000;
    private const int MaxCharacters = 100;
    private const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    public static IReadOnlyList<string> Split(string? prompt) =>
        [.. (prompt ?? "").Split([',', ';', '\n', '\r'], Clean).SelectMany(Break).Distinct(StringComparer.Ordinal).Take(MaxPhrases)];

    private static IEnumerable<string> Break(string part)
    {
        var phrase = "";
        foreach (var word in part.Split((char[]?)null, Clean).Where(word => word.Length <= MaxCharacters))
        {
            if (phrase.Length > 0 && phrase.Length + 1 + word.Length > MaxCharacters)
            {
                yield return phrase;
                phrase = "";
            }

            phrase = phrase.Length is 0 ? word : $"{phrase} {word}";
        }

        if (phrase.Length > 0)
        {
            yield return phrase;
        }
    }
}

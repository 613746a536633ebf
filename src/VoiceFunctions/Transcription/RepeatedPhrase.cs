namespace VoiceFunctions.Transcription;

/// <summary>Finds a transcript that says one phrase over and over, as recognisers do that have lost the thread.</summary>
internal static class RepeatedPhrase
{
    private const int LongestPhrase = 8;

    /// <summary>Fewer repetitions are rhetoric.</summary>
    private const int FewestRepetitions = 6;

    /// <summary>Fewer words are a count or a chorus.</summary>
    private const int FewestWords = 12;

    /// <summary>Whether one phrase, repeated without a break, makes up most of the text.</summary>
    public static bool Fills(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => word.Trim('.', ',', '!', '?', ';', ':', '…', '"', '«', '»').ToLowerInvariant())
            .Where(word => word.Length > 0)
            .ToArray();
        for (var length = 1; length <= LongestPhrase; length++)
        {
            var same = 0;
            for (var i = length; i < words.Length; i++)
            {
                same = words[i] == words[i - length] ? same + 1 : 0;
                var repeated = same + length;
                if (repeated >= FewestWords && repeated >= FewestRepetitions * length && repeated * 2 > words.Length)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

using System.Runtime.InteropServices;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Greedy decoding can run into a loop; then the tail of the tokens is one phrase over and over.</summary>
internal static class RepeatedTail
{
    private const int LongestPhrase = 16;

    /// <summary>So often must a phrase stand at the end, and so many tokens must that be: a speaker may well say "no no no no".</summary>
    private const int Times = 4, Tokens = 12;

    /// <summary>How many tokens to take off the end to leave the phrase once; 0 when there is no loop.</summary>
    public static int Excess(List<int> tokens)
    {
        var span = CollectionsMarshal.AsSpan(tokens);
        for (var phrase = 1; phrase <= LongestPhrase && phrase * Times <= span.Length; phrase++)
        {
            var times = Math.Max(Times, (Tokens + phrase - 1) / phrase);
            if (span.Length < phrase * times) continue;
            var tail = span[^(phrase * times)..];
            if (tail[phrase..].SequenceEqual(tail[..^phrase])) return phrase * (times - 1);
        }

        return 0;
    }
}

using System.Runtime.InteropServices;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>How many words to take off where two pieces heard the same: off the end of the first, and off the beginning of the second.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Seam(int OffEnd, int OffBeginning)
{
    private const int Match = 2;
    private const int Miss = -1;

    /// <summary>
    /// Lays the end of one text over the beginning of the next so that most words agree, and parts them at the middle one of those that do: at its edges a piece is heard
    /// worst, for the first and the last word may be cut.
    /// </summary>
    /// <param name="end">The last words of the first, in one spelling.</param>
    /// <param name="beginning">The first words of the second, in the same.</param>
    /// <param name="leastMatches">Fewer that agree are chance.</param>
    /// <param name="atOneTime">Whether a word of the first, by its index, and one of the second were heard at the same time, where that is known.</param>
    /// <returns><see langword="null"/> when too few words agree.</returns>
    public static Seam? Find(IReadOnlyList<string> end, IReadOnlyList<string> beginning, int leastMatches, Func<int, int, bool>? atOneTime = null)
    {
        // score[i, j]: of the best way to lay the first i words of the end and the first j of the beginning over each other. What lies before the overlap is free, and so
        // is what comes after it; a word inside that only one of them heard is not.
        var score = new int[end.Count + 1, beginning.Count + 1];
        for (var j = 1; j <= beginning.Count; j++) score[0, j] = j * Miss;
        for (var i = 1; i <= end.Count; i++)
        {
            for (var j = 1; j <= beginning.Count; j++)
            {
                var both = score[i - 1, j - 1] + (Agree(i, j) ? Match : Miss);
                score[i, j] = Math.Max(both, Math.Max(score[i - 1, j], score[i, j - 1]) + Miss);
            }
        }

        var last = 0;
        for (var j = 1; j <= beginning.Count; j++)
        {
            if (score[end.Count, j] > score[end.Count, last]) last = j;
        }

        var matches = Trace(score, Agree, end.Count, last);
        if (matches.Count < leastMatches || score[end.Count, last] <= 0) return null;
        var (words, others) = matches[matches.Count / 2];
        return new Seam(end.Count - words, others);

        bool Agree(int i, int j) => end[i - 1] == beginning[j - 1] && atOneTime?.Invoke(i - 1, j - 1) is not false;
    }

    /// <summary>The words that agree, last first, each as how many words there are up to and with it.</summary>
    private static List<(int Words, int Others)> Trace(int[,] score, Func<int, int, bool> agree, int end, int beginning)
    {
        var matches = new List<(int, int)>();
        for (var (i, j) = (end, beginning); i > 0 && j > 0;)
        {
            var same = agree(i, j);
            if (score[i, j] == score[i - 1, j - 1] + (same ? Match : Miss))
            {
                if (same) matches.Add((i, j));
                (i, j) = (i - 1, j - 1);
            }
            else if (score[i, j] == score[i - 1, j] + Miss)
            {
                i--;
            }
            else
            {
                j--;
            }
        }

        return matches;
    }
}

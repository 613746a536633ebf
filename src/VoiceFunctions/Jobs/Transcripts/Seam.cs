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
    /// worst, for the first and the last word may be cut. <see langword="null"/> when fewer than <paramref name="leastMatches"/> words agree, or they could do so by chance.
    /// </summary>
    public static Seam? Find(IReadOnlyList<string> end, IReadOnlyList<string> beginning, int leastMatches)
    {
        // score[i, j]: of the best way to lay the first i words of the end and the first j of the beginning over each other. What lies before the overlap is free, and so
        // is what comes after it; a word inside that only one of them heard is not.
        var score = new int[end.Count + 1, beginning.Count + 1];
        for (var j = 1; j <= beginning.Count; j++) score[0, j] = j * Miss;
        for (var i = 1; i <= end.Count; i++)
        {
            for (var j = 1; j <= beginning.Count; j++)
            {
                var both = score[i - 1, j - 1] + (end[i - 1] == beginning[j - 1] ? Match : Miss);
                score[i, j] = Math.Max(both, Math.Max(score[i - 1, j], score[i, j - 1]) + Miss);
            }
        }

        var last = 0;
        for (var j = 1; j <= beginning.Count; j++)
        {
            if (score[end.Count, j] > score[end.Count, last]) last = j;
        }

        var matches = Trace(score, end, beginning, last);
        if (matches.Count < leastMatches || score[end.Count, last] <= 0) return null;
        var (words, others) = matches[matches.Count / 2];
        return new Seam(end.Count - words, others);
    }

    /// <summary>The words that agree, last first, each as how many words there are up to and with it.</summary>
    private static List<(int Words, int Others)> Trace(int[,] score, IReadOnlyList<string> end, IReadOnlyList<string> beginning, int last)
    {
        var matches = new List<(int, int)>();
        for (var (i, j) = (end.Count, last); i > 0 && j > 0;)
        {
            var agree = end[i - 1] == beginning[j - 1];
            if (score[i, j] == score[i - 1, j - 1] + (agree ? Match : Miss))
            {
                if (agree) matches.Add((i, j));
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

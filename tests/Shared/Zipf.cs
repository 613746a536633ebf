namespace VoiceFunctions.Testing;

/// <summary>Phrases as callers repeat them: the n-th most frequent is asked for 1/n as often as the first.</summary>
internal static class Zipf
{
    public static string[] Draw(int requests, int phrases, int seed)
    {
        var random = new Random(seed);
        var cumulative = new double[phrases];
        for (var (rank, sum) = (0, 0d); rank < phrases; rank++)
        {
            cumulative[rank] = sum += 1d / (rank + 1);
        }

        return [.. Enumerable.Range(0, requests).Select(_ =>
        {
            var found = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
            return $"Phrase number {(found < 0 ? ~found : found)}.";
        })];
    }
}

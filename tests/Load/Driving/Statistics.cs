namespace VoiceFunctions.Load.Driving;

internal static class Statistics
{
    /// <summary>Of an even number of values the upper one of the two in the middle.</summary>
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

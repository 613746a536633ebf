namespace VoiceFunctions.Intent;

/// <summary>A rule that fired on the tokens from <paramref name="First"/> to <paramref name="Last"/>.</summary>
internal sealed record SignalMatch(SignalRule Rule, int First, int Last, string Words)
{
    public Signal Signal => Rule.Signal;

    public double Weight => Rule.Weight;

    public string Reason => $"{Rule.Reason}: \"{Words}\"";

    public bool Overlaps(SignalMatch other) => First <= other.Last && other.First <= Last;

    /// <summary>Of two that overlap the heavier counts, then the longer: it saw more of the sentence.</summary>
    public bool Outweighs(SignalMatch other) => (Weight, Last - First).CompareTo((other.Weight, other.Last - other.First)) > 0;
}

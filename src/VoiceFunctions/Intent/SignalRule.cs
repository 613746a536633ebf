namespace VoiceFunctions.Intent;

/// <summary>A row of the rule table: phrases that carry a signal, how strongly (0 to 1), and how to explain it.</summary>
internal sealed class SignalRule(Signal signal, double weight, string reason, params string[] phrases)
{
    public Signal Signal => signal;

    public double Weight => weight;

    public string Reason => reason;

    public IReadOnlyList<Phrase> Phrases { get; } = [.. phrases.Select(Phrase.Parse)];
}

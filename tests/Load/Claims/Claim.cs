namespace VoiceFunctions.Load.Claims;

/// <summary>Something that is said of the app and that a run can refute.</summary>
/// <param name="Metric">The name of the number.</param>
/// <param name="Is"><c>&lt;=</c>, <c>&gt;=</c> or <c>=</c>.</param>
/// <param name="Bound">What it is held against.</param>
/// <param name="Why">Where the bound comes from.</param>
/// <param name="Exact">Whether other work on the machine cannot change it, so that a short run is held to it too.</param>
internal sealed record Claim(string Metric, string Is, double Bound, string Why, bool Exact = false)
{
    public bool IsMetBy(double value) => Is switch
    {
        "<=" => value <= Bound,
        ">=" => value >= Bound,
        "=" => value.Equals(Bound),
        _ => throw new InvalidDataException($"{Metric}: there is no comparison '{Is}'."),
    };
}

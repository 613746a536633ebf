namespace VoiceFunctions.Load.Claims;

/// <param name="Claim">What was said.</param>
/// <param name="Value">What was measured; <see langword="null"/> when it was not.</param>
/// <param name="Binding">Whether the run is held to it.</param>
internal sealed record Verdict(Claim Claim, double? Value, bool Binding)
{
    public bool Met => Value is { } value && Claim.IsMetBy(value);

    /// <summary>A claim that nothing was measured for is as bad as one that is not met.</summary>
    public bool Fails => Binding && !Met;
}

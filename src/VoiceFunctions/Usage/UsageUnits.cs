namespace VoiceFunctions.Usage;

/// <summary>What providers bill answers for, each in its own unit.</summary>
internal sealed record UsageUnits(decimal Characters, decimal Bytes, decimal Tokens, decimal Seconds);

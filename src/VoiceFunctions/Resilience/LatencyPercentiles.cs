namespace VoiceFunctions.Resilience;

/// <summary>Seconds that the latest successful attempts took, at most 256 of them.</summary>
internal sealed record LatencyPercentiles(double P50, double P95, double P99);

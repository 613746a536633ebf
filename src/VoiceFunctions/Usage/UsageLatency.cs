namespace VoiceFunctions.Usage;

/// <summary>Seconds that half, 95 and 99 of a hundred calls did not exceed, within <see cref="LatencyHistogram.RelativeError"/>; <see langword="null"/> without calls.</summary>
internal sealed record UsageLatency(double? P50, double? P95, double? P99);

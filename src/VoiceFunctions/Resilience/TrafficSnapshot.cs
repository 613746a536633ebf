using VoiceFunctions.Providers;

namespace VoiceFunctions.Resilience;

/// <summary>What the traffic of one provider and operation looks like now. <see langword="null"/> where there has been none.</summary>
internal sealed record TrafficSnapshot
{
    public DateTimeOffset? LastSuccessAt { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    public ProviderFailureKind? LastFailure { get; init; }

    public LatencyPercentiles? Latency { get; init; }
}

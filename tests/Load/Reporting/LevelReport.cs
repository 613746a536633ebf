using VoiceFunctions.Load.Driving;

namespace VoiceFunctions.Load.Reporting;

/// <summary>What was measured while so many users called at once.</summary>
internal sealed record LevelReport
{
    public required int Users { get; init; }

    public required long Requests { get; init; }

    public required long Succeeded { get; init; }

    public required IReadOnlyDictionary<string, long> Outcomes { get; init; }

    /// <summary>Seconds that the level took.</summary>
    public required double Elapsed { get; init; }

    public required Latencies Latencies { get; init; }

    /// <summary>As if the users had kept to the provider's pace.</summary>
    public required Latencies Corrected { get; init; }

    /// <summary>Requests that reached the providers.</summary>
    public required long ProviderCalls { get; init; }

    /// <summary>Seconds that the provider itself took, on average.</summary>
    public required double ProviderMean { get; init; }

    /// <summary>Answers out of the cache, by the answers' own account.</summary>
    public required long Hits { get; init; }

    /// <summary>Processor seconds of the app.</summary>
    public required double Processor { get; init; }

    /// <summary>MiB of the app, at the most while the level went on.</summary>
    public required double PeakMemory { get; init; }

    public double SuccessRate => (double)Succeeded / Requests;

    public double PerSecond => Requests / Elapsed;

    public double MeanRatio => Latencies.Mean / ProviderMean;

    public IEnumerable<(string Name, double Value)> Metrics() =>
    [
        ("successRate", SuccessRate), ("perSecond", PerSecond), ("mean", Latencies.Mean), ("p50", Latencies.P50), ("p95", Latencies.P95), ("p99", Latencies.P99), ("max", Latencies.Max),
        ("correctedP99", Corrected.P99), ("providerMean", ProviderMean), ("meanRatio", MeanRatio), ("providerCalls", ProviderCalls), ("hits", Hits), ("processor", Processor),
        ("peakMemory", PeakMemory),
    ];
}

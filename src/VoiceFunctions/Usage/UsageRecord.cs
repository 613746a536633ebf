namespace VoiceFunctions.Usage;

/// <summary>One call: whose it was, what it was, what it took.</summary>
internal sealed record UsageRecord(string Tenant, UsageSeries Series)
{
    /// <summary>What the provider bills the answer for, in the unit of the series; 0 for an answer that was stored.</summary>
    public decimal Units { get; init; }

    /// <summary>Unicode scalar values of the text that was spoken.</summary>
    public long Characters { get; init; }

    /// <summary>Audio made or heard.</summary>
    public TimeSpan Audio { get; init; }

    public TimeSpan Latency { get; init; }

    /// <summary>US dollars, failed attempts that are billed included; <see langword="null"/> when the price is not known.</summary>
    public decimal? CostUsd { get; init; } = 0;

    /// <summary>US dollars that the cache has saved; <see langword="null"/> when the price is not known.</summary>
    public decimal? SavedUsd { get; init; } = 0;
}

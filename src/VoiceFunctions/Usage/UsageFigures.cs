using System.Text.Json.Serialization;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Usage;

/// <summary>The figures of one group of calls, or of all.</summary>
internal sealed record UsageFigures
{
    private const int LatencyDecimals = 6;

    /// <summary>Dimension to value: <see langword="null"/> for calls without one, such as those that no provider was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string?>? Group { get; init; }

    public required long Requests { get; init; }

    /// <summary>Calls that ended in a problem.</summary>
    public required long Errors { get; init; }

    /// <summary>Calls whose callers left; neither answered nor errors.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Of texts that were spoken.</summary>
    public required long Characters { get; init; }

    /// <summary>Of audio made or heard.</summary>
    public required decimal AudioSeconds { get; init; }

    public required long CacheHits { get; init; }

    /// <summary>Calls that rode on another one in flight.</summary>
    public required long CacheShared { get; init; }

    /// <summary>Of all calls of the group, failed ones too.</summary>
    public required UsageLatency Latency { get; init; }

    /// <summary>What providers bill for, by unit.</summary>
    public required UsageUnits BilledUnits { get; init; }

    /// <summary>US dollars; <see langword="null"/> as soon as the price of one call is not known.</summary>
    public required decimal? CostUsd { get; init; }

    /// <summary>US dollars of the calls whose price is known.</summary>
    public required decimal KnownCostUsd { get; init; }

    public required long UnpricedRequests { get; init; }

    /// <summary>US dollars that the cache saved; <see langword="null"/> as soon as the price of one call that it served is not known.</summary>
    public required decimal? SavedUsd { get; init; }

    public required decimal KnownSavedUsd { get; init; }

    public required long UnpricedHits { get; init; }

    public static UsageFigures Of(UsageTotals totals, IReadOnlyDictionary<string, string?>? group = null)
    {
        var sums = totals.Sums;
        return new UsageFigures
        {
            Group = group,
            Requests = sums.Requests,
            Errors = totals.Errors,
            Cancelled = totals.Cancelled,
            Characters = sums.Characters,
            AudioSeconds = Tidy(sums.AudioMicroseconds / 1_000_000m),
            CacheHits = totals.Hits,
            CacheShared = totals.Shared,
            Latency = new UsageLatency(Percentile(0.5), Percentile(0.95), Percentile(0.99)),
            BilledUnits = new UsageUnits(
                Tidy(totals.Units(BillingUnit.Characters)), Tidy(totals.Units(BillingUnit.Bytes)), Tidy(totals.Units(BillingUnit.Tokens)), Tidy(totals.Units(BillingUnit.Seconds))),
            CostUsd = sums.Unpriced == 0 ? Tidy(sums.CostUsd) : null,
            KnownCostUsd = Tidy(sums.CostUsd),
            UnpricedRequests = sums.Unpriced,
            SavedUsd = sums.UnpricedSavings == 0 ? Tidy(sums.SavedUsd) : null,
            KnownSavedUsd = Tidy(sums.SavedUsd),
            UnpricedHits = sums.UnpricedSavings,
        };

        double? Percentile(double share) => sums.Latency.Percentile(share) is { } seconds ? Math.Round(seconds, LatencyDecimals) : null;
    }

    /// <summary>The same number without the zeros that its sums had behind it.</summary>
    private static decimal Tidy(decimal value) => value / 1.000000000000000000000000000m;
}

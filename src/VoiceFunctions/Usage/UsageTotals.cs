using VoiceFunctions.Providers;

namespace VoiceFunctions.Usage;

/// <summary>The usage of a group of series, whatever minutes and instances it comes from.</summary>
internal sealed class UsageTotals
{
    private readonly decimal[] _units = new decimal[Enum.GetValues<BillingUnit>().Length];

    public UsageSums Sums { get; } = new();

    /// <summary>Calls that ended in a problem.</summary>
    public long Errors { get; private set; }

    /// <summary>Calls whose callers left.</summary>
    public long Cancelled { get; private set; }

    public long Hits { get; private set; }

    public long Shared { get; private set; }

    public decimal Units(BillingUnit unit) => _units[(int)unit];

    public void Add(UsageSeries series, UsageSums sums)
    {
        Sums.Merge(sums);
        Errors += series.Outcome is UsageSeries.Ok or UsageSeries.Cancelled ? 0 : sums.Requests;
        Cancelled += series.Outcome == UsageSeries.Cancelled ? sums.Requests : 0;
        Hits += series.Cache == CacheOutcome.Hit ? sums.Requests : 0;
        Shared += series.Cache == CacheOutcome.Shared ? sums.Requests : 0;
        if (series.Unit is { } unit)
        {
            _units[(int)unit] += sums.Units;
        }
    }
}

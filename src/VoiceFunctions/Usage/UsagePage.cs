namespace VoiceFunctions.Usage;

/// <summary>What one row holds: up to <see cref="MaxSeries"/> sums of a tenant's minute. Not safe for threads.</summary>
internal sealed class UsagePage(UsagePartition partition, UsageRowKey row)
{
    /// <summary>As many as fit into a row of 1 MB when all of them are as large as can be.</summary>
    public const int MaxSeries = 128;

    private readonly List<KeyValuePair<UsageSeries, UsageSums>> _series = [];
    private long _version;
    private long _written;

    public bool IsFull => _series.Count == MaxSeries;

    public bool IsChanged => _version > _written;

    public UsageSums Add(UsageSeries series)
    {
        var sums = new UsageSums();
        _series.Add(new(series, sums));
        return sums;
    }

    public void Changed() => _version++;

    public UsageRow ToRow() => new(partition.ToString(), row.ToString(), UsageRowFormat.Write(_series), _version);

    /// <summary>What <see cref="ToRow"/> gave has been stored. It may have changed again since.</summary>
    public void Written(UsageRow written) => _written = Math.Max(_written, written.Version);
}

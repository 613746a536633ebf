namespace VoiceFunctions.Usage;

/// <summary>The usage of one tenant within a minute, in as many pages as it takes. Not safe for threads.</summary>
internal sealed class UsageMinute(UsagePartition partition, TimeOnly minute, Func<TimeOnly, UsageRowKey> nextRow)
{
    private readonly Dictionary<UsageSeries, (UsageSums Sums, UsagePage Page)> _series = [];
    private readonly List<UsagePage> _pages = [];

    public string Tenant => partition.Tenant;

    public DateTimeOffset Begin => new(partition.Day, minute, TimeSpan.Zero);

    public int SeriesCount => _series.Count;

    public IReadOnlyList<UsagePage> Pages => _pages;

    /// <summary>Adds a call to the sums of its series or, when there are <paramref name="maxSeries"/> of them and it is not one, of the others.</summary>
    public void Add(UsageRecord call, int maxSeries)
    {
        if (!_series.TryGetValue(call.Series, out var found))
        {
            var series = _series.Count < maxSeries ? call.Series : call.Series.WithoutNames();
            if (!_series.TryGetValue(series, out found))
            {
                found = _series[series] = Begun(series);
            }
        }

        found.Sums.Add(call);
        found.Page.Changed();
    }

    private (UsageSums Sums, UsagePage Page) Begun(UsageSeries series)
    {
        if (_pages.Count == 0 || _pages[^1].IsFull)
        {
            _pages.Add(new UsagePage(partition, nextRow(minute)));
        }

        return (_pages[^1].Add(series), _pages[^1]);
    }
}

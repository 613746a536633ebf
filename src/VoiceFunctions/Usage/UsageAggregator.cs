using Microsoft.Extensions.Options;

namespace VoiceFunctions.Usage;

/// <summary>
/// Adds up calls in memory until their sums are stored. What it holds is bounded by the options, whatever callers send and however long storage is away;
/// past the bound the sums get coarser and stay exact.
/// </summary>
internal sealed class UsageAggregator(IOptions<UsageOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly List<UsageMinute> _minutes = [];
    private readonly Dictionary<string, UsageMinute> _open = [];
    private long _rows;
    private int _series;

    /// <summary>Sums that are in memory.</summary>
    public int SeriesCount
    {
        get
        {
            lock (_lock)
            {
                return _series;
            }
        }
    }

    public void Add(UsageRecord call)
    {
        lock (_lock)
        {
            var full = _series >= options.Value.MaxSeries;
            var minute = Open(call.Tenant, full);
            var before = minute.SeriesCount;
            minute.Add(call, full ? 0 : options.Value.MaxSeriesPerMinute);
            _series += minute.SeriesCount - before;
        }
    }

    /// <summary>The totals of every page that has changed since it was stored, oldest first.</summary>
    public IReadOnlyList<(UsagePage Page, UsageRow Row)> Changes()
    {
        UsagePage[] changed;
        lock (_lock)
        {
            changed = [.. _minutes.SelectMany(minute => minute.Pages).Where(page => page.IsChanged)];
        }

        return [.. changed.Select(page => (page, Snapshot(page)))];
    }

    /// <summary>Notes that a row is stored.</summary>
    public void Stored(UsagePage page, UsageRow row)
    {
        lock (_lock)
        {
            page.Written(row);
        }
    }

    /// <summary>Lets go of minutes that are over and stored.</summary>
    public void Trim()
    {
        lock (_lock)
        {
            var now = CurrentMinute();
            foreach (var minute in _minutes.Where(minute => minute.Begin != now && !minute.Pages.Any(page => page.IsChanged)).ToArray())
            {
                _minutes.Remove(minute);
                _series -= minute.SeriesCount;
                if (_open.GetValueOrDefault(minute.Tenant) == minute)
                {
                    _open.Remove(minute.Tenant);
                }
            }
        }
    }

    /// <summary>What is in memory of a tenant's usage, stored or not.</summary>
    public IReadOnlyList<UsageRow> Rows(string tenant)
    {
        UsagePage[] pages;
        lock (_lock)
        {
            pages = [.. _minutes.Where(minute => minute.Tenant == tenant).SelectMany(minute => minute.Pages)];
        }

        return [.. pages.Select(Snapshot)];
    }

    /// <summary>One page under the lock and not all of them, so that a call waits for no more than that.</summary>
    private UsageRow Snapshot(UsagePage page)
    {
        lock (_lock)
        {
            return page.ToRow();
        }
    }

    /// <summary>The minute that a call now belongs to; the tenant's last one where there is no room for another.</summary>
    private UsageMinute Open(string tenant, bool full)
    {
        var now = CurrentMinute();
        if (!_open.TryGetValue(tenant, out var open) || (open.Begin != now && !full))
        {
            var partition = new UsagePartition(tenant, DateOnly.FromDateTime(now.DateTime));
            open = new UsageMinute(partition, TimeOnly.FromDateTime(now.DateTime), minute => new UsageRowKey(minute, _instance, _rows++));
            _open[tenant] = open;
            _minutes.Add(open);
        }

        return open;
    }

    private DateTimeOffset CurrentMinute()
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
    }
}

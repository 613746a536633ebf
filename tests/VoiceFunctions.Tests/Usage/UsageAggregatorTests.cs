using System.Diagnostics;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Testing;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class UsageAggregatorTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 23, 58, 30, TimeSpan.Zero));
    private readonly UsageOptions _options = new();
    private readonly UsageAggregator _aggregator;

    public UsageAggregatorTests() => _aggregator = new UsageAggregator(Options.Create(_options), _time);

    [Fact]
    public async Task Add_AMillionCallsFromManyThreads_SumsExactlyInFlatMemory()
    {
        const int Threads = 4;
        const int Each = 250_000;
        // A third of a cent to twelve decimals: in binary floating point, or rounded on the way, the sum would be off.
        const decimal Price = 0.003_333_333_333m;
        string[] keys = ["web", "ivr", "app"];
        await RunAsync(1000);
        StoreAll();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();

        await RunAsync(Each);

        clock.Stop();
        var totals = UsageCalls.Total(_aggregator.Rows("default"));
        Assert.Equal(Threads * (Each + 1000), totals.Sums.Requests);
        Assert.Equal(Threads * (Each + 1000) * Price, totals.Sums.CostUsd);
        Assert.Equal(Threads * (Each + 1000) * 7L, totals.Sums.Characters);
        Assert.Equal(Threads * (Each + 1000) * 123_000L, totals.Sums.AudioMicroseconds);
        Assert.Equal(Threads * (Each + 1000), totals.Sums.Latency.Count);
        Assert.Equal(keys.Length, _aggregator.SeriesCount);
        Assert.Single(_aggregator.Rows("default"));
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Measurement.Note($"Usage: {Threads * Each} calls from {Threads} threads added up at {Threads * Each / clock.Elapsed.TotalSeconds / 1000:0}k a second, memory grown by {grown / 1024} KB.");

        Task RunAsync(int calls) => Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < calls; number++)
            {
                _aggregator.Add(UsageCalls.Call(keys[number % keys.Length]) with
                {
                    Characters = 7, Audio = TimeSpan.FromMilliseconds(123), CostUsd = Price, Latency = TimeSpan.FromMicroseconds(number + thread),
                });
            }
        })));
    }

    [Fact]
    public void Add_HostileNames_EndUpAsOthersWithExactSums()
    {
        _options.MaxSeriesPerMinute = 50;

        for (var number = 0; number < 10_000; number++)
        {
            _aggregator.Add(UsageCalls.Call(key: $"key-{number}{new string('x', 10_000)}"));
        }

        Assert.Equal(51, _aggregator.SeriesCount);
        var rows = _aggregator.Rows("default");
        var totals = UsageCalls.Total(rows);
        Assert.Equal(10_000, totals.Sums.Requests);
        Assert.Equal(10_000 * 0.000_15m, totals.Sums.CostUsd);
        var others = Assert.Single(rows.SelectMany(row => UsageRowFormat.Read(row.Content.Span)), pair => pair.Key.KeyName == UsageSeries.Other);
        Assert.Equal(9950, others.Value.Requests);
        Assert.All(rows, row => Assert.InRange(row.Content.Length, 1, 50_000));
    }

    [Fact]
    public void Add_MoreSeriesThanARowTakes_BeginsAnother()
    {
        for (var number = 0; number < UsagePage.MaxSeries + 1; number++)
        {
            _aggregator.Add(UsageCalls.Call(key: $"key-{number}"));
        }

        var rows = _aggregator.Rows("default");
        Assert.Equal(2, rows.Select(row => row.RowKey).Distinct().Count());
        Assert.Equal(UsagePage.MaxSeries + 1, UsageCalls.Total(rows).Sums.Requests);
    }

    [Fact]
    public void Add_AcrossAMinuteAndMidnight_GoesToRowsOfTheirOwn()
    {
        _aggregator.Add(UsageCalls.Call());
        _time.Advance(TimeSpan.FromMinutes(1));
        _aggregator.Add(UsageCalls.Call());
        _time.Advance(TimeSpan.FromMinutes(1));
        _aggregator.Add(UsageCalls.Call());

        var rows = _aggregator.Rows("default");

        Assert.Equal(["default_20261122", "default_20261122", "default_20261123"], rows.Select(row => row.Partition));
        Assert.Equal(["2358", "2359", "0000"], rows.Select(row => row.RowKey[..4]));
    }

    [Fact]
    public void Add_ClockGoesBackToAMinuteThatIsStored_ReplacesNothing()
    {
        _aggregator.Add(UsageCalls.Call());
        var begin = _time.GetUtcNow();
        var stored = StoreAll();
        _time.Advance(TimeSpan.FromMinutes(5));
        _aggregator.Trim();
        Assert.Empty(_aggregator.Rows("default"));

        var back = new UsageAggregatorTests();
        _time.AdjustTime(begin);
        _aggregator.Add(UsageCalls.Call());
        back._aggregator.Add(UsageCalls.Call());

        var again = Assert.Single(_aggregator.Rows("default"));
        var elsewhere = Assert.Single(back._aggregator.Rows("default"));
        Assert.Equal(stored[0].RowKey[..4], again.RowKey[..4]);
        Assert.Distinct([stored[0].RowKey, again.RowKey, elsewhere.RowKey]);
    }

    [Fact]
    public void Changes_AfterStoring_AreOnlyWhatCameSince()
    {
        _aggregator.Add(UsageCalls.Call(tenant: "a"));
        _aggregator.Add(UsageCalls.Call(tenant: "b"));
        var first = _aggregator.Changes();
        _aggregator.Add(UsageCalls.Call(tenant: "b"));
        foreach (var (page, row) in first)
        {
            _aggregator.Stored(page, row);
        }

        var (_, changed) = Assert.Single(_aggregator.Changes());

        Assert.StartsWith("b_", changed.Partition, StringComparison.Ordinal);
        Assert.Equal(first[1].Row.RowKey, changed.RowKey);
        Assert.Equal(2, UsageCalls.Total([changed]).Sums.Requests);
    }

    [Fact]
    public void Trim_KeepsWhatIsNotStoredAndTheMinuteThatRuns()
    {
        _aggregator.Add(UsageCalls.Call(tenant: "stored"));
        StoreAll();
        _aggregator.Add(UsageCalls.Call(tenant: "kept"));
        _aggregator.Trim();
        Assert.Equal(2, _aggregator.SeriesCount);

        _time.Advance(TimeSpan.FromMinutes(1));
        _aggregator.Add(UsageCalls.Call(tenant: "kept"));
        _aggregator.Trim();

        Assert.Empty(_aggregator.Rows("stored"));
        Assert.Equal(2, _aggregator.Rows("kept").Count);
        StoreAll();
        _time.Advance(TimeSpan.FromMinutes(1));
        _aggregator.Trim();
        Assert.Equal(0, _aggregator.SeriesCount);
        _aggregator.Add(UsageCalls.Call(tenant: "kept"));
        Assert.Equal(1, UsageCalls.Total(_aggregator.Rows("kept")).Sums.Requests);
    }

    [Fact]
    public void Add_StorageAwayForDays_KeepsEveryCallInBoundedMemory()
    {
        _options.MaxSeries = 100;
        const int Minutes = 3 * 24 * 60;

        for (var minute = 0; minute < Minutes; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            _aggregator.Add(UsageCalls.Call(key: $"key-{minute % 7}", tenant: minute % 2 == 0 ? "even" : "odd"));
            _aggregator.Trim();
        }

        Assert.InRange(_aggregator.SeriesCount, 100, 102);
        Assert.Equal(Minutes / 2, UsageCalls.Total(_aggregator.Rows("even")).Sums.Requests);
        Assert.Equal(Minutes / 2 * 0.000_15m, UsageCalls.Total(_aggregator.Rows("odd")).Sums.CostUsd);

        // Storage is back: the next minute is one of its own again.
        StoreAll();
        _time.Advance(TimeSpan.FromMinutes(1));
        _aggregator.Trim();
        Assert.Equal(0, _aggregator.SeriesCount);
        _aggregator.Add(UsageCalls.Call(tenant: "even"));
        Assert.Equal($"{_time.GetUtcNow():HHmm}", Assert.Single(_aggregator.Rows("even")).RowKey[..4]);
    }

    private List<UsageRow> StoreAll()
    {
        var changes = _aggregator.Changes();
        foreach (var (page, row) in changes)
        {
            _aggregator.Stored(page, row);
        }

        return [.. changes.Select(change => change.Row)];
    }
}

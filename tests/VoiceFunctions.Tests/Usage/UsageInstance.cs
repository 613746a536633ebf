using System.Diagnostics;
using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Telemetry;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

/// <summary>The metering of one process: what it adds up, and how that is stored and read.</summary>
internal sealed class UsageInstance : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public UsageInstance(TableServiceClient tables, UsageOptions? options = null)
    {
        var settings = Options.Create(options ?? new UsageOptions());
        var meters = _services.GetRequiredService<IMeterFactory>();
        Aggregator = new UsageAggregator(settings, Time);
        var instruments = new UsageInstruments(meters);
        var table = new UsageTable(tables);
        StoredRows = new MetricCollector<long>(meters, VoiceMeter.Name, "voice.usage.stored");
        FailedFlushes = new MetricCollector<long>(meters, VoiceMeter.Name, "voice.usage.failed");
        Spending = new MonthlySpending(table, settings, Time);
        Flusher = new UsageFlusher(Aggregator, Spending, table, instruments, settings, Time, new FakeLogger<UsageFlusher>(Log));
        Reader = new UsageReader(Aggregator, table);
    }

    public FakeTimeProvider Time { get; } = new(Noon);

    public FakeLogCollector Log { get; } = new();

    public UsageAggregator Aggregator { get; }

    public MonthlySpending Spending { get; }

    public UsageFlusher Flusher { get; }

    public UsageReader Reader { get; }

    public MetricCollector<long> StoredRows { get; }

    public MetricCollector<long> FailedFlushes { get; }

    public IEnumerable<string> Warnings => Log.GetSnapshot().Where(line => line.Level >= LogLevel.Warning).Select(line => line.Message);

    public async Task<UsageTotals> TotalsAsync(string tenant, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var query = new UsageQuery(from ?? Noon.AddDays(-1), to ?? Noon.AddDays(1), []);
        return (await Reader.ReadAsync(tenant, query, TestContext.Current.CancellationToken)).Totals;
    }

    /// <summary>Lets time pass step by step, as fast as what waits for it goes along.</summary>
    public async Task AdvanceUntilAsync(TimeSpan step, Func<bool> done)
    {
        var waiting = Stopwatch.StartNew();
        while (!done())
        {
            Assert.True(waiting.Elapsed < TimeSpan.FromSeconds(30), "Half a minute has passed, and what was to happen has not.");
            Time.Advance(step);
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        Flusher.Dispose();
        _services.Dispose();
    }
}

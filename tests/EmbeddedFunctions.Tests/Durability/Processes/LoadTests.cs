using System.Diagnostics;
using Azure.Data.Tables;
using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Durability.Processes;

/// <summary>Many instances at once. They run when nothing else does, so that what is measured is theirs.</summary>
[Collection(nameof(MeasuredTests))]
public sealed class LoadTests
{
    private const int Sleepers = 10_000;
    private const int Chains = 1_000;
    private const double Megabyte = 1024 * 1024;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thousand_OrchestrationsOfFiveActivities_NoneIsLost()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        using var effects = new EffectsLog();
        await using var app = await DurableProcess.StartAsync(storage, effects);
        var watch = Stopwatch.StartNew();

        await app.StartInstancesAsync("Chain", "chain", Chains);
        var started = watch.Elapsed;
        var outputs = await app.OutputsAsync("chain", Chains);
        var ended = watch.Elapsed;

        Assert.Equal(Enumerable.Range(0, Chains).Select(number => $"{32 * number}"), outputs);
        Assert.Equal(new Dictionary<string, int> { ["Completed"] = Chains }, await app.CountAsync());
        Assert.Equal(0, effects.CheckSteps(5 * Chains, crashes: 0));
        Measurement.Note(
            $"{Chains} orchestrations of 5 activities: {ended.TotalSeconds:F1} s, {5 * Chains / ended.TotalSeconds:F0} activities/s ({started.TotalSeconds:F1} s of it to start them), "
            + $"peak memory {app.Process.PeakMemory / Megabyte:F0} MB, processor time {app.Process.CpuTime.TotalSeconds:F1} s");
    }

    [Fact]
    public async Task TenThousand_SleepingInstances_CostNothing()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        using var effects = new EffectsLog();
        await using var app = await DurableProcess.StartAsync(storage, effects);
        await app.StartInstancesAsync("Chain", "first", 1);
        await app.OutputsAsync("first", 1);
        var before = app.Process.ResidentMemory;
        var watch = Stopwatch.StartNew();
        await app.StartInstancesAsync("Sleeper", "sleeper", Sleepers);
        var started = watch.Elapsed;
        await AsleepAsync(storage);
        var asleep = watch.Elapsed;

        var used = await app.IdleLoadAsync();
        var after = app.Process.ResidentMemory;

        Measurement.Note(
            $"{Sleepers} sleeping instances: {used:P2} of a core, {after / Megabyte:F0} MB resident, {before / Megabyte:F0} MB before, {app.Process.PeakMemory / Megabyte:F0} MB at the peak "
            + $"(started in {started.TotalSeconds:F0} s, asleep after {asleep.TotalSeconds:F0} s)");
        Assert.InRange(used, 0, DurableProcess.NoLoad);
        Assert.InRange(after - before, 0, Sleepers * 8_000);
        await app.StartInstancesAsync("Chain", "chain", 1);
        Assert.Equal(["0"], await app.OutputsAsync("chain", 1));
    }

    /// <summary>Waits until all instances have left memory: each has its row among those that are due later, and none is to be looked at now.</summary>
    private static async Task AsleepAsync(StorageEmulator storage)
    {
        var hub = new TableClient(storage.ConnectionString, "DurableAppEmbedded");
        while (await CountAsync("timer") < Sleepers || await CountAsync("wake") > 0)
        {
            // Counting is load as well.
            await Task.Delay(TimeSpan.FromSeconds(1), Cancelled);
        }

        async Task<int> CountAsync(string partition) =>
            await hub.QueryAsync<TableEntity>(row => row.PartitionKey == partition, maxPerPage: 1000, select: ["RowKey"], Cancelled).CountAsync(Cancelled);
    }
}

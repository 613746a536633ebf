using Microsoft.Extensions.Logging;
using VoiceFunctions.Testing;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class UsageFlusherTests(UsageStorage storage) : IClassFixture<UsageStorage>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flush_TwoInstancesAtOnceUnderLoad_LosesNothing()
    {
        const int Flushes = 20;
        const int Calls = 20_000;
        using var one = new UsageInstance(storage.Tables);
        using var other = new UsageInstance(storage.Tables);

        var calls = (await Task.WhenAll(LoadAsync(one), LoadAsync(other))).Sum();
        // Only what is stored counts.
        using var reader = new UsageInstance(storage.Tables);
        var totals = await reader.TotalsAsync("two");

        Assert.Equal(calls, totals.Sums.Requests);
        Assert.Equal(calls * 0.000_15m, totals.Sums.CostUsd);
        Assert.Equal(calls, totals.Sums.Latency.Count);
        Measurement.Note($"Usage: {calls} calls on two instances, each storing {Flushes} times or more meanwhile, all counted.");

        static async Task<long> LoadAsync(UsageInstance instance)
        {
            long added = 0;
            using var enough = new CancellationTokenSource();
            var adding = Task.Run(async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    instance.Aggregator.Add(UsageCalls.Call(tenant: "two", key: $"key-{added % 5}"));
                    if (Interlocked.Increment(ref added) % 100 == 0)
                    {
                        await Task.Yield();
                    }
                }
            });
            for (var flush = 0; flush < Flushes || Interlocked.Read(ref added) < Calls; flush++)
            {
                // So that minutes end in the middle of it.
                instance.Time.Advance(TimeSpan.FromSeconds(10));
                Assert.True(await instance.Flusher.FlushAsync(Cancelled));
            }

            await enough.CancelAsync();
            await adding;
            Assert.True(await instance.Flusher.FlushAsync(Cancelled));
            return added;
        }
    }

    [Fact]
    public async Task Flush_AgainAndAgain_CountsNothingTwice()
    {
        using var instance = new UsageInstance(storage.Tables);
        for (var round = 0; round < 3; round++)
        {
            instance.Aggregator.Add(UsageCalls.Call(tenant: "again"));
            Assert.True(await instance.Flusher.FlushAsync(Cancelled));
            Assert.True(await instance.Flusher.FlushAsync(Cancelled));
        }

        using var reader = new UsageInstance(storage.Tables);
        Assert.Equal(3, (await reader.TotalsAsync("again")).Sums.Requests);
        Assert.Equal(3, (await instance.TotalsAsync("again")).Sums.Requests);
        Assert.Equal(3, instance.StoredRows.GetMeasurementSnapshot().Count);
    }

    [Fact]
    public async Task Read_AfterACrash_MissesOnlyWhatCameAfterTheLastFlush()
    {
        using (var crashing = new UsageInstance(storage.Tables))
        {
            crashing.Aggregator.Add(UsageCalls.Call(tenant: "crash"));
            await crashing.Flusher.FlushAsync(Cancelled);
            crashing.Aggregator.Add(UsageCalls.Call(tenant: "crash"));
            Assert.Equal(2, (await crashing.TotalsAsync("crash")).Sums.Requests);
        }

        using var restarted = new UsageInstance(storage.Tables);
        restarted.Aggregator.Add(UsageCalls.Call(tenant: "crash"));

        Assert.Equal(2, (await restarted.TotalsAsync("crash")).Sums.Requests);
    }

    [Fact]
    public async Task Flush_EveryInterval_WithoutBeingAsked()
    {
        var options = new UsageOptions { FlushInterval = TimeSpan.FromSeconds(10) };
        using var instance = new UsageInstance(storage.Tables, options: options);
        await instance.Flusher.StartAsync(Cancelled);
        for (var round = 1; round <= 2; round++)
        {
            instance.Aggregator.Add(UsageCalls.Call(tenant: "interval"));
            await instance.AdvanceUntilAsync(options.FlushInterval, () => instance.StoredRows.GetMeasurementSnapshot().Count == round);
        }

        await instance.Flusher.StopAsync(Cancelled);
        using var reader = new UsageInstance(storage.Tables);
        Assert.Equal(2, (await reader.TotalsAsync("interval", to: instance.Time.GetUtcNow().AddMinutes(1))).Sums.Requests);
    }

    [Fact]
    public async Task Stopped_WhatIsLeft_IsStored()
    {
        using var instance = new UsageInstance(storage.Tables);
        await instance.Flusher.StartAsync(Cancelled);
        await instance.Flusher.StopAsync(Cancelled);
        // A request that was still answered while the services stopped.
        instance.Aggregator.Add(UsageCalls.Call(tenant: "stopped"));
        // The host's own patience may be over by now.
        await instance.Flusher.StoppedAsync(new CancellationToken(canceled: true));

        using var reader = new UsageInstance(storage.Tables);
        Assert.Equal(1, (await reader.TotalsAsync("stopped")).Sums.Requests);
        Assert.Empty(instance.Warnings);
    }

    [Fact]
    public async Task Flush_StorageGoesAndComesBack_KeepsEverythingAndTellsOnce()
    {
        await using var emulator = new StorageEmulator();
        await emulator.StartAsync();
        using var instance = new UsageInstance(UsageStorage.Connect(emulator));
        instance.Aggregator.Add(UsageCalls.Call());
        Assert.True(await instance.Flusher.FlushAsync(Cancelled));

        await emulator.StopAsync();
        for (var minute = 0; minute < 3; minute++)
        {
            instance.Time.Advance(TimeSpan.FromMinutes(1));
            instance.Aggregator.Add(UsageCalls.Call());
            Assert.False(await instance.Flusher.FlushAsync(Cancelled));
        }

        Assert.Single(instance.Warnings);
        Assert.Equal(3, instance.FailedFlushes.GetMeasurementSnapshot().Count);
        await emulator.StartAsync();
        Assert.True(await instance.Flusher.FlushAsync(Cancelled));

        Assert.Single(instance.Warnings);
        Assert.Equal("Usage is stored again.", instance.Log.LatestRecord.Message);
        using var reader = new UsageInstance(UsageStorage.Connect(emulator));
        Assert.Equal(4, (await reader.TotalsAsync("default")).Sums.Requests);
    }

    [Fact]
    public async Task Stopped_StorageAway_EndsWithinItsTimeAndSaysWhatIsLost()
    {
        await using var emulator = new StorageEmulator();
        using var instance = new UsageInstance(UsageStorage.Connect(emulator), new UsageOptions { StopTimeout = TimeSpan.FromSeconds(5) });
        instance.Aggregator.Add(UsageCalls.Call());

        var stopping = instance.Flusher.StoppedAsync(Cancelled);
        await instance.FailedFlushes.WaitForMeasurementsAsync(1, TimeSpan.FromSeconds(30));
        await instance.AdvanceUntilAsync(TimeSpan.FromMilliseconds(100), () => stopping.IsCompleted);
        await stopping;
        Assert.Equal(LogLevel.Error, instance.Log.LatestRecord.Level);
        Assert.Contains("1 rows", instance.Log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flush_TheLargestRows_ComeBackWhole()
    {
        using var instance = new UsageInstance(storage.Tables, options: new UsageOptions { MaxSeriesPerMinute = 200 });
        var name = new string('語', UsageSeries.MaxName - 3);
        var random = new Random(1);
        for (var call = 0; call < 200_000; call++)
        {
            instance.Aggregator.Add(UsageCalls.Call(tenant: "large", key: $"{call % 200:000}{name}", provider: $"{call % 200:000}{name}") with
            {
                Latency = TimeSpan.FromMicroseconds(Math.Pow(2, 28 * random.NextDouble())),
            });
        }

        Assert.True(instance.Aggregator.Rows("large").Max(row => row.Content.Length) > 128 * 1024, "No row needs more than two properties.");
        Assert.True(await instance.Flusher.FlushAsync(Cancelled), string.Join('\n', instance.Warnings));

        using var reader = new UsageInstance(storage.Tables);
        var totals = await reader.TotalsAsync("large");
        Assert.Equal(200_000, totals.Sums.Requests);
        Assert.Equal(UsageCalls.Total(instance.Aggregator.Rows("large")).Sums.Bytes(), totals.Sums.Bytes());
    }

    [Fact]
    public async Task Flush_AwkwardTenants_StayApart()
    {
        string[] tenants = ["a/b", "a\\b", "a#b", "a?b", "a'b", "a%2Fb", "a~002fb", "é", "a\u0001b", "a b", " "];
        using var instance = new UsageInstance(storage.Tables);
        for (var index = 0; index < tenants.Length; index++)
        {
            for (var call = 0; call <= index; call++)
            {
                instance.Aggregator.Add(UsageCalls.Call(tenant: tenants[index]));
            }
        }

        Assert.True(await instance.Flusher.FlushAsync(Cancelled), string.Join('\n', instance.Warnings));

        using var reader = new UsageInstance(storage.Tables);
        for (var index = 0; index < tenants.Length; index++)
        {
            Assert.Equal(index + 1, (await reader.TotalsAsync(tenants[index])).Sums.Requests);
        }
    }
}

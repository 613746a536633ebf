using VoiceFunctions.Problems;
using VoiceFunctions.Testing;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class UsageReaderTests(UsageStorage storage) : IClassFixture<UsageStorage>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-1, 2, 3)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(0, 2, 2)]
    [InlineData(2, 5, 0)]
    public async Task Read_AcrossMidnight_TakesTheMinutesAskedForStoredOrNot(int from, int to, int requests)
    {
        var midnight = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
        var tenant = $"midnight{from}{to}";
        using var instance = new UsageInstance(storage.Tables);
        instance.Time.SetUtcNow(midnight.AddMinutes(-1));
        for (var minute = -1; minute < 2; minute++)
        {
            instance.Aggregator.Add(UsageCalls.Call(tenant: tenant));
            instance.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(requests, (await instance.TotalsAsync(tenant, midnight.AddMinutes(from), midnight.AddMinutes(to))).Sums.Requests);
        await instance.Flusher.FlushAsync(Cancelled);
        Assert.Equal(0, instance.Aggregator.SeriesCount);
        Assert.Equal(requests, (await instance.TotalsAsync(tenant, midnight.AddMinutes(from), midnight.AddMinutes(to))).Sums.Requests);
    }

    [Fact]
    public async Task Read_PartlyStored_IsExactAtOnce()
    {
        using var instance = new UsageInstance(storage.Tables);
        using var other = new UsageInstance(storage.Tables);
        other.Aggregator.Add(UsageCalls.Call(tenant: "exact"));
        await other.Flusher.FlushAsync(Cancelled);
        for (var call = 1; call <= 4; call++)
        {
            instance.Aggregator.Add(UsageCalls.Call(tenant: "exact"));
            Assert.Equal(call + 1, (await instance.TotalsAsync("exact")).Sums.Requests);
            if (call == 2)
            {
                await instance.Flusher.FlushAsync(Cancelled);
            }
        }

        Assert.Equal(0, (await instance.TotalsAsync("somebody else")).Sums.Requests);
    }

    [Fact]
    public async Task Read_Groups_DividesAndSorts()
    {
        using var instance = new UsageInstance(storage.Tables);
        string?[] keys = ["web", null, "ivr", "web"];
        foreach (var key in keys)
        {
            instance.Aggregator.Add(UsageCalls.Call(key, "groups"));
            instance.Time.Advance(TimeSpan.FromMinutes(40));
        }

        await instance.Flusher.FlushAsync(Cancelled);
        var query = new UsageQuery(UsageInstance.Noon.AddHours(-1), UsageInstance.Noon.AddHours(3), [UsageDimension.Hour, UsageDimension.Key, UsageDimension.Cache]);
        var report = await instance.Reader.ReadAsync("groups", query, Cancelled);

        Assert.Equal(
            ["2026-11-22T12:00:00Z||miss=1", "2026-11-22T12:00:00Z|web|miss=1", "2026-11-22T13:00:00Z|ivr|miss=1", "2026-11-22T14:00:00Z|web|miss=1"],
            report.Groups.Select(group => $"{string.Join('|', group.Values)}={group.Totals.Sums.Requests}"));
        Assert.Equal(4, report.Totals.Sums.Requests);
    }

    [Fact]
    public void Report_TooManyGroups_IsRefused()
    {
        var report = new UsageReport(new UsageQuery(UsageInstance.Noon, UsageInstance.Noon.AddDays(1), [UsageDimension.Key]));
        var call = UsageCalls.Call();
        var sums = UsageCalls.Sum([call])[0].Value;
        for (var number = 0; number < UsageReport.MaxGroups; number++)
        {
            report.Add(UsageInstance.Noon, call.Series with { KeyName = $"{number}" }, sums);
        }

        var problem = Assert.Throws<ProblemException>(() => report.Add(UsageInstance.Noon, call.Series with { KeyName = "one more" }, sums));
        Assert.Equal(["groupBy"], problem.Errors!.Keys);
    }

    [Fact]
    public async Task Read_StorageAway_IsAProblemWithATimeToComeBack()
    {
        await using var emulator = new StorageEmulator();
        using var instance = new UsageInstance(UsageStorage.Connect(emulator));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => instance.TotalsAsync("default"));

        Assert.Equal("storage_unavailable", problem.Kind.Code);
        Assert.NotNull(problem.RetryAfter);
    }

    [Fact]
    public async Task Read_CallerLeaves_IsNoOutage()
    {
        using var instance = new UsageInstance(storage.Tables);
        var query = new UsageQuery(UsageInstance.Noon.AddDays(-1), UsageInstance.Noon, []);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => instance.Reader.ReadAsync("default", query, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Read_NothingEverStored_IsEmpty()
    {
        await using var emulator = new StorageEmulator();
        await emulator.StartAsync();
        using var instance = new UsageInstance(UsageStorage.Connect(emulator));

        Assert.Equal(0, (await instance.TotalsAsync("default")).Sums.Requests);
    }
}

using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class MonthlySpendingTests(UsageStorage storage) : IClassFixture<UsageStorage>
{
    private const decimal Price = 0.000_15m;

    private readonly string _tenant = $"t{Guid.NewGuid():N}";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Total_OnTheInstanceItself_IsExactAtOnce()
    {
        using var one = new UsageInstance(storage.Tables);
        one.Spending.Add(Call());
        one.Spending.Add(Call());
        one.Spending.Add(Call() with { CostUsd = null });
        one.Spending.Add(Call() with { CostUsd = 0 });
        one.Spending.Add(Call("other"));

        Assert.Equal(new Spending(2 * Price, 1), await TotalAsync(one));
    }

    [Fact]
    public async Task Total_OfOtherInstances_IsAsOfTheirFlushes()
    {
        using var one = new UsageInstance(storage.Tables);
        using var other = new UsageInstance(storage.Tables);
        one.Spending.Add(Call());
        Assert.Equal(default, await TotalAsync(other));
        await one.Flusher.FlushAsync(Cancelled);
        one.Spending.Add(Call());
        await one.Flusher.FlushAsync(Cancelled);
        // What was stored twice is one total.
        other.Spending.Add(Call());

        Assert.Equal(Price, (await TotalAsync(other)).CostUsd);
        other.Time.Advance(TimeSpan.FromSeconds(10));
        // Asked for now, and there for who asks next.
        while ((await TotalAsync(other)).CostUsd != 3 * Price)
        {
            await Task.Yield();
            Cancelled.ThrowIfCancellationRequested();
        }

        Assert.Equal(2 * Price, (await TotalAsync(one)).CostUsd);
    }

    [Fact]
    public async Task Total_OfANewProcess_HasWhatEarlierOnesStored()
    {
        using (var before = new UsageInstance(storage.Tables))
        {
            before.Spending.Add(Call());
            await before.Flusher.StoppedAsync(Cancelled);
        }

        using var after = new UsageInstance(storage.Tables);

        Assert.Equal(Price, (await TotalAsync(after)).CostUsd);
    }

    [Fact]
    public async Task Total_OfNamesThatBeginAlike_AreNotMixed()
    {
        string[] names = ["web", "web_", "web_1", "web-1", "web.1", "we", "WEB"];
        using (var before = new UsageInstance(storage.Tables))
        {
            foreach (var (number, name) in names.Index())
            {
                before.Spending.Add(Call(name) with { CostUsd = 1 << number });
            }

            await before.Flusher.FlushAsync(Cancelled);
        }

        using var after = new UsageInstance(storage.Tables);
        foreach (var (number, name) in names.Index())
        {
            Assert.Equal(1 << number, (await after.Spending.TotalAsync(_tenant, name, Cancelled)).CostUsd);
        }
    }

    [Fact]
    public async Task Total_InANewMonth_BeginsAnew()
    {
        using var one = new UsageInstance(storage.Tables);
        one.Spending.Add(Call());

        one.Time.Advance(TimeSpan.FromDays(9));

        Assert.Equal(default, await TotalAsync(one));
        Assert.Single(one.Spending.Changes());
        await one.Flusher.FlushAsync(Cancelled);
        Assert.Empty(one.Spending.Changes());
        using var reader = new UsageInstance(storage.Tables);
        Assert.Equal(Price, (await TotalAsync(reader)).CostUsd);
    }

    [Fact]
    public async Task Total_StorageNeverReached_IsNotTakenForNothing() =>
        await Assert.ThrowsAnyAsync<Exception>(async () => await NoStorage.Spending(TimeProvider.System).TotalAsync(_tenant, "web", Cancelled));

    [Fact]
    public void Read_OfOtherBytes_SaysSo()
    {
        var spending = new Spending(12.345_678_9m, 3);
        Assert.Equal(spending, Spending.Read(spending.Write()));

        Assert.Throws<InvalidDataException>(() => Spending.Read(spending.Write().AsSpan()[..^1]));
        Assert.Throws<InvalidDataException>(() => Spending.Read([9]));
        Assert.Throws<InvalidDataException>(() => Spending.Read([]));
    }

    private UsageRecord Call(string key = "web") => UsageCalls.Call(key, _tenant) with { CostUsd = Price };

    private Task<Spending> TotalAsync(UsageInstance instance) => instance.Spending.TotalAsync(_tenant, "web", Cancelled).AsTask();
}

using Microsoft.Extensions.Options;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Security;
using VoiceFunctions.Security.Budgets;
using VoiceFunctions.Tests.Usage;

namespace VoiceFunctions.Tests.Security.Budgets;

public sealed class BudgetKeeperTests(UsageStorage storage) : IClassFixture<UsageStorage>
{
    private readonly string _tenant = $"t{Guid.NewGuid():N}";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(1, false)]
    [InlineData(1.5, false)]
    public async Task Spend_Budget_EndsWhereItIsReached(double spent, bool served)
    {
        using var usage = new UsageInstance(storage.Tables);
        usage.Spending.Add(UsageCalls.Call("web", _tenant) with { CostUsd = (decimal)spent });

        var made = await MakeAsync(usage, new SecurityOptions(), Call());

        Assert.Equal(served ? [CacheMode.Default] : [CacheMode.Only], made.Asked);
        Assert.Equal(served ? null : ProblemKind.BudgetExceeded, made.Refusal?.Kind);
    }

    [Fact]
    public async Task Spend_UsedUp_ToldToComeBackNextMonth()
    {
        using var usage = new UsageInstance(storage.Tables);
        usage.Spending.Add(UsageCalls.Call("web", _tenant) with { CostUsd = 1 });

        var made = await MakeAsync(usage, new SecurityOptions(), Call());

        // From noon of the 22nd to the end of November.
        Assert.Equal(TimeSpan.FromDays(8.5), made.Refusal!.RetryAfter);
        usage.Time.Advance(TimeSpan.FromDays(8.5));
        Assert.Null((await MakeAsync(usage, new SecurityOptions(), Call())).Refusal);
    }

    [Fact]
    public async Task Spend_UsedUpAndStored_IsServed()
    {
        using var usage = new UsageInstance(storage.Tables);
        usage.Spending.Add(UsageCalls.Call("web", _tenant) with { CostUsd = 1 });

        var made = await MakeAsync(usage, new SecurityOptions(), Call(), stored: true);

        Assert.Null(made.Refusal);
        Assert.Equal([CacheMode.Only], made.Asked);
    }

    [Fact]
    public async Task Spend_UsedUpPastTheCache_MakesNothing()
    {
        using var usage = new UsageInstance(storage.Tables);
        usage.Spending.Add(UsageCalls.Call("web", _tenant) with { CostUsd = 1 });

        var made = await MakeAsync(usage, new SecurityOptions(), Call() with { Cache = CacheMode.Bypass }, stored: true);

        Assert.Equal(ProblemKind.BudgetExceeded, made.Refusal?.Kind);
        Assert.Empty(made.Asked);
    }

    [Fact]
    public async Task Spend_UsedUpAndAskedForStoredOnly_MissIsAMiss()
    {
        using var usage = new UsageInstance(storage.Tables);
        usage.Spending.Add(UsageCalls.Call("web", _tenant) with { CostUsd = 1 });

        Assert.Equal(ProblemKind.CacheMiss, (await MakeAsync(usage, new SecurityOptions(), Call() with { Cache = CacheMode.Only })).Refusal?.Kind);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.5, false)]
    public async Task Spend_PriceNotKnown_CountsAsConfigured(double unpricedCallUsd, bool served)
    {
        using var usage = new UsageInstance(storage.Tables);
        usage.Spending.Add(UsageCalls.Call("web", _tenant) with { CostUsd = null });
        usage.Spending.Add(UsageCalls.Call("web", _tenant) with { CostUsd = null });

        var made = await MakeAsync(usage, new SecurityOptions { UnpricedCallUsd = (decimal)unpricedCallUsd }, Call());

        Assert.Equal(served, made.Refusal is null);
    }

    [Fact]
    public async Task Spend_OfAnotherKeyOrTenantOrWithoutABudget_IsNoConcern()
    {
        using var usage = new UsageInstance(storage.Tables);
        usage.Spending.Add(UsageCalls.Call("web", _tenant) with { CostUsd = 100 });

        Assert.Null((await MakeAsync(usage, new SecurityOptions(), Call() with { KeyName = "phone" })).Refusal);
        Assert.Null((await MakeAsync(usage, new SecurityOptions(), Call() with { Tenant = _tenant + "x" })).Refusal);
        Assert.Null((await MakeAsync(usage, new SecurityOptions(), Call() with { MonthlyBudgetUsd = null })).Refusal);
    }

    [Fact]
    public async Task Demand_StorageNeverReached_SaysThatItCannotBeTold()
    {
        using var usage = new UsageInstance(storage.Tables);
        var keeper = new BudgetKeeper(NoStorage.Spending(usage.Time), Options.Create(new SecurityOptions()), usage.Time);

        var problem = await Assert.ThrowsAsync<ProblemException>(async () =>
            await keeper.DemandAsync(new Caller(_tenant, "web", AccessRights.All) { MonthlyBudgetUsd = 1 }, Cancelled));

        Assert.Equal(ProblemKind.StorageUnavailable, problem.Kind);
    }

    private SpeechCall Call() => new() { Tenant = _tenant, KeyName = "web", MonthlyBudgetUsd = 1 };

    /// <summary>How the call was made, as often as it was, and why not.</summary>
    private static async Task<(IReadOnlyList<CacheMode> Asked, ProblemException? Refusal)> MakeAsync(UsageInstance usage, SecurityOptions options, SpeechCall call, bool stored = false)
    {
        var asked = new List<CacheMode>();
        var refusal = await Record.ExceptionAsync(() => new BudgetKeeper(usage.Spending, Options.Create(options), usage.Time).SpendAsync(
            call,
            made =>
            {
                asked.Add(made.Cache);
                return made.Cache == CacheMode.Only && !stored ? throw new ProblemException(ProblemKind.CacheMiss, "Not stored.") : Task.FromResult("speech");
            },
            Cancelled));
        return (asked, (ProblemException?)refusal);
    }
}

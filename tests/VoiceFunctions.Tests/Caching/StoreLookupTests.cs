using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Caching;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Caching;

public sealed class StoreLookupTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);

    private readonly StubSpeechStore _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task GetAudioAsync_NotInMemory_IsServedFromStorage()
    {
        await StoreAsync();
        await using var cache = await CacheInstance.StartAsync(_store);
        var outcome = (await cache.SpeakAsync()).GetOutcome();
        await cache.SpeakAsync();

        Assert.Equal((CacheOutcome.Hit, 0m, 0.01m), (outcome.Cache, outcome.CostUsd, outcome.SavedUsd));
        Assert.Equal(0, cache.Speaker.Calls);
        Assert.Equal(["hit storage", "hit memory"], cache.Lookups());
    }

    [Fact]
    public async Task GetAudioAsync_OnlyAndNotInMemory_IsServedFromStorageWithoutAClaim()
    {
        await StoreAsync();
        await using var cache = await CacheInstance.StartAsync(_store);

        Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync(call: new() { Cache = CacheMode.Only })).GetOutcome().Cache);
        Assert.Equal(1, _store.Log.Count(entry => entry == "claim"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetAudioAsync_StorageSlow_IsNotWaitedForLongerThanTheBound(bool stored)
    {
        if (stored)
        {
            await StoreAsync();
            _store.IsForgetful = true;
        }

        var asked = _store.Asked;
        await using var cache = await CacheInstance.StartAsync(_store, _time);
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        var caller = cache.SpeakAsync();
        await Eventually.TrueAsync(() => _store.Asked == asked + 1, "storage is asked");

        _time.Advance(Bound - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, cache.Speaker.Calls);
        await AdvanceUntilAsync(caller, TimeSpan.FromMilliseconds(1));

        Assert.Equal(CacheOutcome.Miss, (await caller).GetOutcome().Cache);
        Assert.Equal(["lookup"], cache.Failures());
        gate.SetResult();
    }

    [Fact]
    public async Task GetAudioAsync_StorageSlowWithWhatItIsKnownToHave_IsWaitedFor()
    {
        await StoreAsync();
        await using var cache = await CacheInstance.StartAsync(_store, _time);
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        var caller = cache.SpeakAsync();
        await Eventually.TrueAsync(() => _store.Asked == 2, "storage is asked");

        _time.Advance(10 * Bound);
        gate.SetResult();

        Assert.Equal(CacheOutcome.Hit, (await caller).GetOutcome().Cache);
        Assert.Empty(cache.Failures());
    }

    [Theory]
    [InlineData(null, 1, 2)]
    [InlineData(0.4, 0.2, 0.3)]
    public async Task GetAudioAsync_StorageNeverGivesWhatItIsKnownToHave_CallsTheProviderInTime(double? share, double least, double most)
    {
        await StoreAsync();
        await using var cache = await CacheInstance.StartAsync(_store, _time, ("ReadTimeout", "00:00:01"));
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        var began = _time.GetUtcNow();
        var caller = cache.SpeakAsync(call: new() { AttemptTimeout = share is { } seconds ? TimeSpan.FromSeconds(seconds) : null });
        await AdvanceUntilAsync(caller, TimeSpan.FromMilliseconds(10));

        Assert.Equal(CacheOutcome.Miss, (await caller).GetOutcome().Cache);
        Assert.InRange((_time.GetUtcNow() - began).TotalSeconds, least, most);
        gate.SetResult();
    }

    [Fact]
    public async Task GetAudioAsync_StorageLeftAlone_IsAskedForWhatItIsKnownToHave()
    {
        await StoreAsync();
        await using var cache = await CacheInstance.StartAsync(_store, _time, ("BreakAfter", "1"));
        _store.Broken = new InvalidOperationException("a hiccup");
        await cache.SpeakAsync("Unknown.");
        _store.Broken = null;

        Assert.Equal(CacheOutcome.Miss, (await cache.SpeakAsync("Unknown too.")).GetOutcome().Cache);
        Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync()).GetOutcome().Cache);
    }

    [Fact]
    public async Task GetAudioAsync_ClaimGrantedAfterTheFlight_IsGivenBack()
    {
        await using var cache = await CacheInstance.StartAsync(_store, _time);
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        cache.Speaker.Answer = (_, _, _) => throw new ProviderException("a", ProviderFailureKind.Unavailable, "Down.");
        var caller = cache.SpeakAsync();
        await Eventually.TrueAsync(() => _store.Asked == 1, "storage is asked");
        await AdvanceUntilAsync(caller, Bound);
        await Assert.ThrowsAsync<ProviderException>(() => caller);

        gate.SetResult();

        await Eventually.TrueAsync(() => _store.Log.Contains("release") && _store.Leases.IsEmpty, "the lease is given back");
    }

    [Fact]
    public async Task GetAudioAsync_ClaimGrantedDuringTheFlight_IsUsedForTheResult()
    {
        await using var cache = await CacheInstance.StartAsync(_store, _time);
        var (store, provider) = (new TaskCompletionSource(), cache.Speaker.Hold());
        _store.Gate = store.Task;
        var caller = cache.SpeakAsync();
        await Eventually.TrueAsync(() => _store.Asked == 1, "storage is asked");
        await AdvanceUntilAsync(cache.Speaker.Called.Task, Bound);
        store.SetResult();
        await Eventually.TrueAsync(() => !_store.Leases.IsEmpty, "the lease is granted");
        provider.SetResult();
        await caller;
        await cache.StopAsync();

        Assert.DoesNotContain("release", _store.Log);
        Assert.Single(_store.Results);
    }

    [Fact]
    public async Task GetAudioAsync_StorageDown_IsLeftAloneForAWhileAndSaidOnce()
    {
        await using var cache = await CacheInstance.StartAsync(_store, _time, ("BreakAfter", "3"), ("BreakDuration", "00:00:05"));
        _store.Broken = new InvalidOperationException("down");
        for (var call = 0; call < 10; call++)
        {
            Assert.Equal(CacheOutcome.Miss, (await cache.SpeakAsync($"Text {call}.")).GetOutcome().Cache);
        }

        Assert.Equal(3, _store.Asked);
        Assert.Single(Records(cache, LogLevel.Warning, nameof(StoreBreaker)));

        // One look-up tries it, and another break begins.
        _time.Advance(TimeSpan.FromSeconds(5));
        await cache.SpeakAsync("Still down.");
        await cache.SpeakAsync("And not asked again.");
        Assert.Equal(4, _store.Asked);

        _store.Broken = null;
        _time.Advance(TimeSpan.FromSeconds(5));
        await cache.SpeakAsync("Back.");
        await cache.SpeakAsync("And used.");
        Assert.Equal(6, _store.Asked);
        Assert.Single(Records(cache, LogLevel.Warning, nameof(StoreBreaker)));
        Assert.Single(Records(cache, LogLevel.Information, nameof(StoreBreaker)));
    }

    [Fact]
    public async Task GetAudioAsync_OneSlowLookup_IsNoOutage()
    {
        await using var cache = await CacheInstance.StartAsync(_store, _time);
        _store.Broken = new InvalidOperationException("a hiccup");
        await cache.SpeakAsync("One.");
        _store.Broken = null;

        await cache.SpeakAsync("Two.");

        Assert.Equal(2, _store.Asked);
        Assert.Empty(Records(cache, LogLevel.Warning, nameof(StoreBreaker)));
    }

    [Fact]
    public async Task GetAudioAsync_AnotherInstanceMakesIt_IsWaitedForAndShared()
    {
        await using var maker = await CacheInstance.StartAsync(new StubSpeechStore());
        await maker.SpeakAsync();
        await using var cache = await CacheInstance.StartAsync(_store, _time, ("LookupTimeout", "00:00:30"));
        _store.HeldUntil = _time.GetUtcNow() + TimeSpan.FromMinutes(5);
        var caller = cache.SpeakAsync();
        await Eventually.TrueAsync(() => _store.Asked == 1, "storage is asked");

        await maker.StopAsync();
        foreach (var (key, made) in ((StubSpeechStore)maker.Get<ISpeechStore>()).Results)
        {
            _store.Results[key] = made;
        }

        await AdvanceUntilAsync(caller, TimeSpan.FromMilliseconds(100));

        var outcome = (await caller).GetOutcome();
        Assert.Equal((CacheOutcome.Shared, 0m, 0.01m), (outcome.Cache, outcome.CostUsd, outcome.SavedUsd));
        Assert.Equal(0, cache.Speaker.Calls);
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData(4, 2)]
    public async Task GetAudioAsync_AnotherInstanceTakesTooLong_CallsTheProviderInTime(int? share, int patience)
    {
        await using var cache = await CacheInstance.StartAsync(_store, _time, ("LeaseWait", "00:00:10"), ("LookupTimeout", "00:00:30"));
        _store.HeldUntil = _time.GetUtcNow() + TimeSpan.FromMinutes(5);
        TimeSpan? left = null;
        cache.Speaker.Answer = (_, options, _) =>
        {
            left = options.GetCall().AttemptTimeout;
            return Task.FromResult(StubSpeaker.Response(options));
        };
        var began = _time.GetUtcNow();
        var caller = cache.SpeakAsync(call: new() { AttemptTimeout = share is { } seconds ? TimeSpan.FromSeconds(seconds) : null });
        await AdvanceUntilAsync(caller, TimeSpan.FromMilliseconds(20));

        Assert.Equal(CacheOutcome.Miss, (await caller).GetOutcome().Cache);
        Assert.InRange((_time.GetUtcNow() - began).TotalSeconds, patience, patience + 1);
        Assert.Equal(share is null, left is null);
        Assert.InRange(left?.TotalSeconds ?? 2, 1, 2);
    }

    [Fact]
    public async Task GetAudioAsync_NoStorageConfigured_WorksInMemory()
    {
        await using var cache = await CacheInstance.StartAsync();

        await cache.SpeakAsync(call: new() { StoreBeforeReturn = true });

        Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync()).GetOutcome().Cache);
        Assert.Single(Records(cache, LogLevel.Warning, nameof(CacheStorage)));
        Assert.Equal(new EvictionReport(), await cache.Get<SpeechEviction>().RunAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task GetAudioAsync_StorageNonsense_WorksInMemory()
    {
        await using var cache = await CacheInstance.StartAsync(settings: [("AzureWebJobsStorage", "nonsense")]);

        await cache.SpeakAsync();

        Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync()).GetOutcome().Cache);
    }

    /// <summary>Has another process make and store what <c>SpeakAsync</c> asks for.</summary>
    private async Task StoreAsync()
    {
        await using var other = await CacheInstance.StartAsync(_store);
        await other.SpeakAsync();
    }

    private static IEnumerable<string> Records(CacheInstance cache, LogLevel level, string category) => cache.Log.GetSnapshot()
        .Where(record => record.Level == level && record.Category!.EndsWith(category, StringComparison.Ordinal))
        .Select(record => record.Message);

    /// <summary>Lets time pass in steps: what waits for it may begin to wait only after the step before.</summary>
    private async Task AdvanceUntilAsync(Task ended, TimeSpan step) => await Eventually.TrueAsync(
        () =>
        {
            if (!ended.IsCompleted)
            {
                _time.Advance(step);
            }

            return ended.IsCompleted;
        },
        "the task ends as time passes");
}

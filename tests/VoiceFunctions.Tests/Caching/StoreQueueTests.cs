using Azure;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Caching;

public sealed class StoreQueueTests
{
    private readonly StubSpeechStore _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task GetAudioAsync_Made_IsAnsweredBeforeItIsStored()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        await cache.SpeakAsync("The first look-up is over.");
        var gate = new TaskCompletionSource();
        cache.Speaker.Answer = (_, options, _) =>
        {
            _store.Gate = gate.Task;
            return Task.FromResult(StubSpeaker.Response(options));
        };

        await cache.SpeakAsync("Hello.");

        Assert.InRange(_store.Results.Count, 0, 1);
        gate.SetResult();
        await Eventually.TrueAsync(() => _store.Results.Count == 2, "it is stored");
    }

    [Fact]
    public async Task GetAudioAsync_StoreBeforeReturn_IsStoredWhenItReturns()
    {
        await using var cache = await CacheInstance.StartAsync(_store);

        await cache.SpeakAsync(call: new() { StoreBeforeReturn = true });

        Assert.Single(_store.Results);
    }

    [Fact]
    public async Task GetAudioAsync_StoreBeforeReturnOfWhatMemoryHasAndStorageLacks_StoresIt()
    {
        await using var cache = await CacheInstance.StartAsync(_store, settings: [("QueueBytes", "1")]);
        await cache.SpeakAsync();
        Assert.Empty(_store.Results);

        Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync(call: new() { StoreBeforeReturn = true })).GetOutcome().Cache);

        Assert.Single(_store.Results);
    }

    [Fact]
    public async Task GetAudioAsync_StoreBeforeReturnWithStorageDown_AnswersAndStoresLater()
    {
        await using var cache = await CacheInstance.StartAsync(_store, _time);
        _store.Broken = new RequestFailedException(503, "down");

        await cache.SpeakAsync(call: new() { StoreBeforeReturn = true });
        Assert.Empty(_store.Results);

        await Eventually.TrueAsync(() => cache.Failures().Count(reason => reason == "store") == 2, "the call has tried once, and so has the queue");
        _store.Broken = null;
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                return _store.Results.Count == 1;
            },
            "it is stored when storage is back");
    }

    [Fact]
    public async Task GetAudioAsync_LeavesWhileItIsStored_IsAnsweredAndStoredLater()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        using var leaving = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        cache.Speaker.Answer = async (_, options, _) =>
        {
            _store.Gate = gate.Task;
            await leaving.CancelAsync();
            return StubSpeaker.Response(options);
        };

        var outcome = (await cache.SpeakAsync(call: new() { StoreBeforeReturn = true }, token: leaving.Token)).GetOutcome();

        Assert.Equal((CacheOutcome.Miss, 0.01m), (outcome.Cache, outcome.CostUsd));
        gate.SetResult();
        await Eventually.TrueAsync(() => _store.Results.Count == 1, "what was paid is stored");
    }

    [Fact]
    public async Task TryEnqueue_Full_IsDroppedAndCountedAndMemoryServes()
    {
        await using var cache = await CacheInstance.StartAsync(_store, settings: [("QueueBytes", "4000"), ("LookupTimeout", "00:00:00.050")]);
        var gate = HoldStorageOnceMade(cache);
        await cache.SpeakAsync("One.");
        await cache.SpeakAsync("Two.");

        Assert.Equal(["full"], cache.Drops());
        Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync("Two.")).GetOutcome().Cache);
        gate.SetResult();
    }

    [Fact]
    public async Task TryEnqueue_FullWhenItWasMade_IsStoredWhenMemoryLetsItGo()
    {
        await using var cache = await CacheInstance.StartAsync(_store, settings: [("QueueBytes", "6000"), ("MemoryBytes", "6000"), ("LookupTimeout", "00:00:00.050")]);
        var gate = HoldStorageOnceMade(cache);
        await cache.SpeakAsync("One.");
        await cache.SpeakAsync("Two.");
        await cache.SpeakAsync("Three.");
        Assert.Equal(["full"], cache.Drops());
        gate.SetResult();
        await Eventually.TrueAsync(() => _store.Results.Count == 2, "what waited is stored");

        await cache.SpeakAsync("Four.");
        await Eventually.TrueAsync(() => _store.Results.Count == 3, "the next is stored");
        await cache.SpeakAsync("Five.");

        await Eventually.TrueAsync(() => _store.Results.Count == 5, "the third is stored too");
    }

    [Fact]
    public async Task DrainAsync_WritesWhatWaits()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        for (var text = 0; text < 50; text++)
        {
            await cache.SpeakAsync($"Text {text}.");
        }

        await cache.StopAsync();

        Assert.Equal(50, _store.Results.Count);
        Assert.Empty(cache.Drops());
        Assert.All(_store.Results.Values, speech => Assert.True(speech.IsStored));
    }

    [Fact]
    public async Task DrainAsync_StorageHangs_GivesUpInTimeAndCountsWhatIsLost()
    {
        await using var cache = await CacheInstance.StartAsync(_store, settings: [("DrainTimeout", "00:00:00.100")]);
        var gate = new TaskCompletionSource();
        cache.Speaker.Answer = (_, options, _) =>
        {
            _store.Gate = gate.Task;
            return Task.FromResult(StubSpeaker.Response(options));
        };
        await cache.SpeakAsync();

        await cache.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.NotEmpty(cache.Drops());
        Assert.All(cache.Drops(), reason => Assert.Equal("stopped", reason));
        gate.SetResult();
    }

    [Fact]
    public async Task WriteAsync_Refused_IsNotTriedAgain()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Speaker.Answer = (_, options, _) =>
        {
            _store.Broken = new RequestFailedException(400, "no");
            return Task.FromResult(StubSpeaker.Response(options));
        };

        await cache.SpeakAsync();

        await Eventually.TrueAsync(() => cache.Drops().Contains("refused"), "the write is dropped");
    }

    [Fact]
    public async Task GetAudioAsync_UsedOften_WritesTheLastUseOnceInAnHour()
    {
        await using var cache = await CacheInstance.StartAsync(_store, _time);
        await cache.SpeakAsync(call: new() { StoreBeforeReturn = true });
        for (var minute = 0; minute < 150; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAll(cache.SpeakAsync(), cache.SpeakAsync());
        }

        await cache.StopAsync();

        Assert.Equal(2, _store.Log.Count(entry => entry == "touch"));
    }

    /// <summary>From the first result on, each of which is of 1,500 bytes, storage waits for what is returned.</summary>
    private TaskCompletionSource HoldStorageOnceMade(CacheInstance cache)
    {
        var gate = new TaskCompletionSource();
        cache.Speaker.Answer = (_, options, _) =>
        {
            _store.Gate = gate.Task;
            return Task.FromResult(StubSpeaker.Response(options, new byte[1500]));
        };
        return gate;
    }
}

using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;
using VoiceFunctions.Caching;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Caching;

public sealed class CachingTextToSpeechClientTests
{
    private readonly StubSpeechStore _store = new();

    [Fact]
    public async Task GetAudioAsync_Again_IsServedFromMemoryWithoutACopy()
    {
        await using var cache = await CacheInstance.StartAsync(_store);

        var first = await cache.SpeakAsync();
        var second = await cache.SpeakAsync();

        Assert.Equal(1, cache.Speaker.Calls);
        Assert.Equal((CacheOutcome.Miss, 0.01m, 0m), Account(first));
        Assert.Equal((CacheOutcome.Hit, 0m, 0.01m), Account(second));
        Assert.True(MemoryMarshal.TryGetArray(first.GetAudio(), out var made) && MemoryMarshal.TryGetArray(second.GetAudio(), out var served) && made.Array == served.Array);
        Assert.Equal("audio/wav", Assert.IsType<DataContent>(Assert.Single(second.Contents)).MediaType);
        Assert.Equal(
            first.GetOutcome() with { Attempts = [], Cache = CacheOutcome.Hit, CostUsd = 0, SavedUsd = 0.01m, Segments = [], Words = [] },
            second.GetOutcome() with { Attempts = [], Segments = [], Words = [] });
        Assert.Equal(["miss none", "hit memory"], cache.Lookups());
    }

    [Fact]
    public async Task GetAudioAsync_FirstTargetAtHand_IsServedBeforeTheOthersArePlanned()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var planned = 0;
        var second = TestCatalog.Model("b-model") with { CanRead = _ => ++planned > 0 };
        var catalog = TestCatalog.Of(TestCatalog.Speaker("a"), TestCatalog.Speaker("b", second));
        using var fallback = new FallbackTextToSpeechClient(cache.Speech, TestCatalog.Planner(catalog), TestCatalog.Loop());

        var first = await fallback.GetAudioAsync("Hello.", new() { AudioFormat = "wav" }, TestContext.Current.CancellationToken);
        Assert.Equal(1, planned);
        var again = await fallback.GetAudioAsync("Hello.", new() { AudioFormat = "wav" }, TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (planned, cache.Speaker.Calls));
        Assert.Equal((CacheOutcome.Miss, CacheOutcome.Hit), (first.GetOutcome().Cache, again.GetOutcome().Cache));
        Assert.Equal("ok", Assert.Single(again.GetOutcome().Attempts).Outcome);
        Assert.Equal(["miss none", "hit memory"], cache.Lookups());
    }

    [Theory]
    [InlineData(CacheMode.Default, false, true)]
    [InlineData(CacheMode.Only, false, true)]
    [InlineData(CacheMode.Bypass, false, false)]
    [InlineData(CacheMode.Default, true, false)]
    public async Task Recall_AtHandAndNotStored_IsGivenToWhoNeedsNoMore(CacheMode mode, bool storeBeforeReturn, bool given)
    {
        await using var cache = await CacheInstance.StartAsync(_store, settings: [("QueueBytes", "1")]);
        var client = Assert.IsType<CachingTextToSpeechClient>(cache.Speech);
        var options = CacheInstance.Options(new() { Cache = mode, StoreBeforeReturn = storeBeforeReturn });
        Assert.Null(client.Recall("Hello.", options));
        await cache.SpeakAsync("Hello.");
        Assert.Empty(_store.Results);

        Assert.Equal(given, client.Recall(" Hello.\r\n", options)?.GetOutcome() is { Cache: CacheOutcome.Hit });
    }

    [Fact]
    public async Task GetAudioAsync_Hit_TellsOfTheTargetThatServed()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        await cache.SpeakAsync();

        var attempt = Assert.Single((await cache.SpeakAsync()).GetOutcome().Attempts);

        Assert.Equal(("a", "a-model", "ok", false), (attempt.Provider, attempt.Model, attempt.Outcome, attempt.Billed));
    }

    [Fact]
    public async Task GetAudioAsync_PriceUnknown_SavesAnUnknownSum()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Speaker.Answer = (_, options, _) => Task.FromResult(StubSpeaker.Response(options, cost: null));

        Assert.Equal((CacheOutcome.Miss, null, 0m), Account(await cache.SpeakAsync()));
        Assert.Equal((CacheOutcome.Hit, 0m, null), Account(await cache.SpeakAsync()));
    }

    [Fact]
    public async Task GetAudioAsync_SameSpeechWrittenOtherwise_IsAHitAndOnlyTheNormalFormIsSent()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var sent = string.Empty;
        cache.Speaker.Answer = (text, options, _) => Task.FromResult(StubSpeaker.Response(options, [.. (sent = text).Select(letter => (byte)letter)]));

        await cache.SpeakAsync(" One.\r\nTwo.\n");
        await cache.SpeakAsync("One.\nTwo.");

        Assert.Equal("One.\nTwo.", sent);
        Assert.Equal(1, cache.Speaker.Calls);
    }

    [Fact]
    public async Task GetAudioAsync_AnotherTarget_IsAnotherResult()
    {
        await using var cache = await CacheInstance.StartAsync(_store);

        await cache.SpeakAsync(call: new() { Provider = "a" });
        await cache.SpeakAsync(call: new() { Provider = "b" });
        await cache.SpeakAsync(call: new() { Provider = "a", Tenant = "another" });

        Assert.Equal(3, cache.Speaker.Calls);
    }

    [Fact]
    public async Task GetAudioAsync_Bypass_IsNeitherReadNorWritten()
    {
        await using var cache = await CacheInstance.StartAsync(_store);

        var first = await cache.SpeakAsync(call: new() { Cache = CacheMode.Bypass });
        await cache.SpeakAsync();
        var third = await cache.SpeakAsync(call: new() { Cache = CacheMode.Bypass });

        Assert.Equal((CacheOutcome.Bypass, 0.01m, 0m), Account(first));
        Assert.Equal((CacheOutcome.Bypass, 0.01m, 0m), Account(third));
        Assert.Equal(3, cache.Speaker.Calls);
        Assert.Equal(["bypass none", "miss none", "bypass none"], cache.Lookups());
    }

    [Fact]
    public async Task GetAudioAsync_WhatNoKeyCanName_GoesPastTheCache()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var options = CacheInstance.Options();
        options.RawRepresentationFactory = _ => new object();

        var response = await cache.Speech.GetAudioAsync("Hello.", options, TestContext.Current.CancellationToken);

        Assert.Equal(CacheOutcome.Bypass, response.GetOutcome().Cache);
        Assert.All(_store.Log, entry => Assert.Equal("prepare", entry));
        options.WithCall(options.GetCall() with { Cache = CacheMode.Only });
        await Assert.ThrowsAsync<ProblemException>(() => cache.Speech.GetAudioAsync("Hello.", options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task GetAudioAsync_Only_ServesWhatIsStoredAndCallsNobody()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var only = new SpeechCall { Cache = CacheMode.Only };

        var problem = await Assert.ThrowsAsync<ProblemException>(() => cache.SpeakAsync(call: only));
        Assert.Equal(ProblemKind.CacheMiss, problem.Kind);
        Assert.Equal(0, cache.Speaker.Calls);
        await cache.SpeakAsync();

        Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync(call: only)).GetOutcome().Cache);
        Assert.Equal(1, cache.Speaker.Calls);
    }

    [Fact]
    public async Task GetAudioAsync_Failure_IsNotKept()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var answer = cache.Speaker.Answer;
        cache.Speaker.Answer = (_, _, _) => throw new ProviderException("a", ProviderFailureKind.BadResult, "Silent.") { Attempts = [new("a", "a-model", "bad_result", "Silent.", 1)] };

        var failure = await Assert.ThrowsAsync<ProviderException>(() => cache.SpeakAsync());
        cache.Speaker.Answer = answer;

        Assert.Equal((ProviderFailureKind.BadResult, "bad_result"), (failure.Kind, Assert.Single(failure.Attempts).Outcome));
        Assert.Equal(CacheOutcome.Miss, (await cache.SpeakAsync()).GetOutcome().Cache);
        await cache.StopAsync();
        Assert.Contains("release", _store.Log);
        Assert.Empty(_store.Leases);
    }

    [Fact]
    public async Task GetAudioAsync_MoreThanMemoryHolds_IsStillServed()
    {
        await using var cache = await CacheInstance.StartAsync(_store, settings: [("MemoryBytes", "4000")]);
        cache.Speaker.Answer = (_, options, _) => Task.FromResult(StubSpeaker.Response(options, new byte[1500]));
        foreach (var text in (string[])["One.", "Two.", "Three.", "One.", "Two.", "Three."])
        {
            await cache.SpeakAsync(text);
        }

        Assert.Equal(3, cache.Speaker.Calls);
        Assert.InRange(cache.Get<VoiceFunctions.Caching.SpeechMemory>().Bytes, 1, 4000);
    }

    [Fact]
    public async Task GetAudioAsync_MemoryFull_KeepsTheNewest()
    {
        await using var cache = await CacheInstance.StartAsync(settings: [("MemoryBytes", "30000")]);
        cache.Speaker.Answer = (_, options, _) => Task.FromResult(StubSpeaker.Response(options, new byte[1500]));
        for (var text = 0; text < 50; text++)
        {
            await cache.SpeakAsync($"Text {text}.");

            Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync($"Text {text}.")).GetOutcome().Cache);
            Assert.InRange(cache.Get<VoiceFunctions.Caching.SpeechMemory>().Bytes, 1, 30_000);
        }
    }

    private static (CacheOutcome Cache, decimal? Cost, decimal? Saved) Account(TextToSpeechResponse response)
    {
        var outcome = response.GetOutcome();
        return (outcome.Cache, outcome.CostUsd, outcome.SavedUsd);
    }
}

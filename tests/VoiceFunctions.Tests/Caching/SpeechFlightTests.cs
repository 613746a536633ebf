using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Caching;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Tests.Caching;

public sealed class SpeechFlightTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    private readonly StubSpeechStore _store = new();

    [Fact]
    public async Task GetAudioAsync_HundredAtOnce_MakeOneCallThatOneOfThemPays()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var gate = cache.Speaker.Hold();
        var callers = Enumerable.Range(0, 100).Select(_ => cache.SpeakAsync()).ToArray();
        await cache.Speaker.Called.Task;
        gate.SetResult();

        var outcomes = (await Task.WhenAll(callers)).Select(response => response.GetOutcome()).ToArray();

        Assert.Equal(1, cache.Speaker.Calls);
        Assert.Equal((1, 99), (outcomes.Count(outcome => outcome.Cache == CacheOutcome.Miss), outcomes.Count(outcome => outcome.Cache == CacheOutcome.Shared)));
        Assert.Equal((0.01m, 0.99m), (outcomes.Sum(outcome => outcome.CostUsd), outcomes.Sum(outcome => outcome.SavedUsd)));
        Assert.All(outcomes, outcome => Assert.Equal("ok", Assert.Single(outcome.Attempts).Outcome));
    }

    [Fact]
    public async Task GetAudioAsync_ManyAtRandomTimes_NeverMakeASecondCall()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        for (var round = 1; round <= 200; round++)
        {
            var text = $"Round {round}.";

            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => cache.SpeakAsync(text))));

            Assert.Equal(round, cache.Speaker.Calls);
        }
    }

    [Fact]
    public async Task GetAsync_AnotherFlightLandsBeforeThisOneStarts_TakesItsResult()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var query = new SpeechQuery(new SpeechCacheKey(1, 2), SpeechOperation.Synthesis, new SpeechCall { Provider = "a" }, "a-model", TimingKinds.None);
        var landed = CachedSpeech.OfAudio("default", new SpeechOutcome { Provider = "a", Model = "a-model" }, new byte[] { 1 }, "audio/wav", TimeProvider.System.GetUtcNow());

        var answer = await cache.Get<SpeechCache>().GetAsync(query, Begin, TestContext.Current.CancellationToken);

        Assert.Same(landed, answer.Speech);
        Assert.Equal(CacheOutcome.Hit, answer.Cache);

        SpeechMaking Begin()
        {
            cache.Get<SpeechMemory>().Set(query.Key, landed, (_, _) => { });
            return new SpeechMaking((_, _) => throw new InvalidOperationException("It was made a second time."));
        }
    }

    [Fact]
    public async Task GetAudioAsync_LeaderLeaves_TheNextGetsTheResultAndTheBill()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var gate = cache.Speaker.Hold();
        using var leaving = new CancellationTokenSource();
        var leader = cache.SpeakAsync(token: leaving.Token);
        await cache.Speaker.Called.Task;
        var riders = new[] { cache.SpeakAsync(), cache.SpeakAsync() };

        await leaving.CancelAsync();
        var left = await Assert.ThrowsAsync<AttemptsCancelledException>(() => leader);
        gate.SetResult();
        var outcomes = (await Task.WhenAll(riders)).Select(response => response.GetOutcome()).ToArray();

        Assert.Equal("cancelled", Assert.Single(left.Attempts).Outcome);
        Assert.Equal(1, cache.Speaker.Calls);
        Assert.Equal([CacheOutcome.Miss, CacheOutcome.Shared], outcomes.Select(outcome => outcome.Cache).Order());
        Assert.Equal(0.01m, outcomes.Sum(outcome => outcome.CostUsd));
    }

    [Fact]
    public async Task GetAudioAsync_LastLeaves_CancelsTheCallAndTellsWhatWasTried()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Speaker.Answer = async (_, options, token) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            catch (OperationCanceledException exception)
            {
                throw new AttemptsCancelledException([new("a", options.ModelId, "timeout", null, 1), new("a", options.ModelId, "cancelled", null, 1)], exception, token);
            }

            throw new InvalidOperationException("It was not cancelled.");
        };
        using var leaving = new CancellationTokenSource();
        var callers = new[] { cache.SpeakAsync(token: leaving.Token), cache.SpeakAsync(token: leaving.Token) };
        await cache.Speaker.Called.Task;

        await leaving.CancelAsync();
        var left = await Task.WhenAll(callers.Select(caller => Assert.ThrowsAsync<AttemptsCancelledException>(() => caller)));

        await cache.Speaker.Cancelled.Task;
        Assert.Equal(["cancelled", "timeout,cancelled"], left.Select(exception => string.Join(',', exception.Attempts.Select(attempt => attempt.Outcome))).Order());
        Assert.All(left, exception => Assert.Equal(leaving.Token, exception.CancellationToken));
        await cache.StopAsync();
        Assert.Empty(_store.Leases);
    }

    [Fact]
    public async Task GetAudioAsync_AfterAllHaveLeft_BeginsAnew()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var answer = cache.Speaker.Answer;
        cache.Speaker.Hold();
        using var leaving = new CancellationTokenSource();
        var leader = cache.SpeakAsync(token: leaving.Token);
        await cache.Speaker.Called.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAsync<AttemptsCancelledException>(() => leader);
        cache.Speaker.Answer = answer;

        Assert.Equal(CacheOutcome.Miss, (await cache.SpeakAsync()).GetOutcome().Cache);
    }

    [Fact]
    public async Task GetAudioAsync_FlightFails_AllAreToldAndOneIsBilled()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Speaker.Answer = (_, _, _) => throw new ProviderException("a", ProviderFailureKind.BadResult, "Silent.")
        {
            RetryAfter = TimeSpan.FromSeconds(3),
            Attempts = [new("a", "a-model", "bad_result", "Silent.", 1) { Billed = true, CostUsd = 0.02m }],
        };
        var gate = cache.Speaker.Hold();
        var callers = Enumerable.Range(0, 10).Select(_ => cache.SpeakAsync()).ToArray();
        await cache.Speaker.Called.Task;
        gate.SetResult();

        var failures = await Task.WhenAll(callers.Select(caller => Assert.ThrowsAsync<ProviderException>(() => caller)));

        Assert.Equal(1, cache.Speaker.Calls);
        Assert.Equal(0.02m, failures.Sum(failure => AttemptCosts.Total(0, failure.Attempts)));
        Assert.Equal(10, failures.Distinct().Count());
        Assert.All(failures, failure => Assert.Equal((ProviderFailureKind.BadResult, TimeSpan.FromSeconds(3)), (failure.Kind, failure.RetryAfter)));
    }

    [Fact]
    public async Task GetAudioAsync_DefectInTheFlight_ReachesEveryCaller()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Speaker.Answer = (_, _, _) => throw new InvalidOperationException("bug");
        var gate = cache.Speaker.Hold();
        var callers = new[] { cache.SpeakAsync(), cache.SpeakAsync() };
        await cache.Speaker.Called.Task;
        gate.SetResult();

        foreach (var caller in callers)
        {
            Assert.Equal("bug", (await Assert.ThrowsAsync<InvalidOperationException>(() => caller)).Message);
        }
    }

    [Fact]
    public async Task GetAudioAsync_RiderHasLessTime_MovesOnWhileTheFlightGoesOn()
    {
        var time = new FakeTimeProvider();
        await using var cache = await CacheInstance.StartAsync(_store, time);
        var gate = cache.Speaker.Hold();
        var leader = cache.SpeakAsync();
        await cache.Speaker.Called.Task;
        var rider = cache.SpeakAsync(call: new() { AttemptTimeout = TimeSpan.FromSeconds(2) });

        time.Advance(TimeSpan.FromSeconds(2));
        var timeout = await Assert.ThrowsAsync<ProviderException>(() => rider);
        gate.SetResult();

        Assert.Equal((ProviderFailureKind.Timeout, "timeout", 2), (timeout.Kind, Assert.Single(timeout.Attempts).Outcome, timeout.Attempts[0].Elapsed));
        Assert.Equal(CacheOutcome.Miss, (await leader).GetOutcome().Cache);
    }

    [Fact]
    public async Task GetAudioAsync_RiderHasMoreTime_DoesNotTakeTheLeadersTimeOutForItsOwn()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Speaker.Answer = (_, options, _) => options.GetCall().AttemptTimeout is null
            ? Task.FromResult(StubSpeaker.Response(options))
            : throw new ProviderException("a", ProviderFailureKind.Timeout, "No answer in time.");
        var gate = cache.Speaker.Hold();
        var leader = cache.SpeakAsync(call: new() { AttemptTimeout = TimeSpan.FromMinutes(1) });
        await cache.Speaker.Called.Task;
        var rider = cache.SpeakAsync();
        gate.SetResult();

        await Assert.ThrowsAsync<ProviderException>(() => leader);
        Assert.Equal(CacheOutcome.Miss, (await rider).GetOutcome().Cache);
        Assert.Equal(2, cache.Speaker.Calls);
    }

    [Fact]
    public async Task GetAudioAsync_Bypass_NeitherJoinsNorLeads()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var gate = cache.Speaker.Hold();
        var bypass = new SpeechCall { Cache = CacheMode.Bypass };
        var callers = new[] { cache.SpeakAsync(call: bypass), cache.SpeakAsync(), cache.SpeakAsync(call: bypass) };
        await Eventually.TrueAsync(() => cache.Speaker.Calls == 3, "three calls are under way");
        gate.SetResult();

        Assert.Equal([CacheOutcome.Bypass, CacheOutcome.Miss, CacheOutcome.Bypass], (await Task.WhenAll(callers)).Select(response => response.GetOutcome().Cache));
    }

    [Fact]
    public async Task GetAudioAsync_Flight_HasTheTraceOfItsLeaderAndNothingElse()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        using var activity = new Activity("request").Start();
        Ambient.Value = "of the leader";
        (string? Ambient, ActivityTraceId? Trace) seen = default;
        cache.Speaker.Answer = (_, options, _) =>
        {
            seen = (Ambient.Value, Activity.Current?.TraceId);
            return Task.FromResult(StubSpeaker.Response(options));
        };

        await cache.SpeakAsync();

        Assert.Equal((null, activity.TraceId), seen);
    }

    [Fact]
    public async Task GetAudioAsync_LeadersTokenCancelledLater_DoesNotReachTheFlight()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var gate = cache.Speaker.Hold();
        using var leaving = new CancellationTokenSource();
        var leader = cache.SpeakAsync(token: leaving.Token);
        await cache.Speaker.Called.Task;
        var rider = cache.SpeakAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAsync<AttemptsCancelledException>(() => leader);

        Assert.False(cache.Speaker.Cancelled.Task.IsCompleted);
        gate.SetResult();
        Assert.Equal([1, 2, 3], (await rider).GetAudio().ToArray());
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Telemetry;
using VoiceFunctions.Tests.Stubs;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class UsageMeterTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(UsageInstance.Noon);
    private readonly ServiceProvider _services;
    private readonly StubTextToSpeechClient _speaker = new();
    private readonly StubSpeechToTextClient _listener = new();
    private readonly ITextToSpeechClient _speech;
    private readonly ISpeechToTextClient _hearing;

    public UsageMeterTests()
    {
        var services = new ServiceCollection()
            .AddMetrics()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton(Options.Create(new UsageOptions()))
            .AddSingleton<UsageAggregator>()
            .AddSingleton<UsageInstruments>()
            .AddSingleton(provider => new UsageMeter(
                provider.GetRequiredService<UsageAggregator>(), NoStorage.Spending(_time), provider.GetRequiredService<UsageInstruments>(), _time, NullLogger<UsageMeter>.Instance));
        services.AddTextToSpeechClient(_speaker).UseUsageMetering();
        services.AddSpeechToTextClient(_listener).UseUsageMetering();
        _services = services.BuildServiceProvider();
        _speech = _services.GetRequiredService<ITextToSpeechClient>();
        _hearing = _services.GetRequiredService<ISpeechToTextClient>();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _services.Dispose();
        _speaker.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task GetAudioAsync_Answered_IsRecordedWhole()
    {
        _speaker.Then((options, _) =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            return Task.FromResult(StubTextToSpeechClient.Response(options, with: outcome => outcome with
            {
                Duration = 1.5, Units = new BilledUnits(12, BillingUnit.Bytes), CostUsd = 0.25m, Cache = CacheOutcome.Miss,
            }));
        });

        await SpeakAsync("Hi 😀!", call => call with { Tenant = "acme", KeyName = "web" });

        var (series, sums) = Single("acme");
        Assert.Equal(
            new UsageSeries { KeyName = "web", Operation = SpeechOperation.Synthesis, Provider = "one", Model = "a-model", Unit = BillingUnit.Bytes, Cache = CacheOutcome.Miss, Outcome = "ok" },
            series);
        Assert.Equal((1, 5, 1_500_000, 12m, 0.25m, 0m), (sums.Requests, sums.Characters, sums.AudioMicroseconds, sums.Units, sums.CostUsd, sums.SavedUsd));
        Assert.Equal(0.25, sums.Latency.Percentile(0.5)!.Value, 0.25 * LatencyHistogram.RelativeError);
    }

    [Theory]
    [InlineData(CacheOutcome.Hit)]
    [InlineData(CacheOutcome.Shared)]
    public async Task GetAudioAsync_Stored_IsBilledForNothingAndSaves(CacheOutcome cache)
    {
        _speaker.ThenSpeaks(with: outcome => outcome with { Units = new BilledUnits(12, BillingUnit.Characters), CostUsd = 0, SavedUsd = 0.25m, Cache = cache });
        _speaker.ThenSpeaks(with: outcome => outcome with { CostUsd = 0, SavedUsd = null, Cache = cache });

        await SpeakAsync("Hello.");
        await SpeakAsync("Hello.");

        var (series, sums) = Single();
        Assert.Equal((cache, null), (series.Cache, series.Unit));
        Assert.Equal((0m, 0m, 0.25m, 0, 1), (sums.Units, sums.CostUsd, sums.SavedUsd, sums.Unpriced, sums.UnpricedSavings));
    }

    [Fact]
    public async Task GetAudioAsync_PriceUnknown_IsNotTakenForNothing()
    {
        _speaker.ThenSpeaks(with: outcome => outcome with { CostUsd = null });

        await SpeakAsync("Hello.");

        Assert.Equal((1, 0m), (Single().Sums.Unpriced, Single().Sums.CostUsd));
    }

    [Fact]
    public async Task GetTextAsync_Answered_CountsTheAudioHeard()
    {
        _listener.ThenHears("hello", outcome => outcome with { CostUsd = 0.1m, Units = new BilledUnits(3, BillingUnit.Seconds) });
        using var audio = new MemoryStream([1]);
        var options = new SpeechToTextOptions { ModelId = "a-model" }.WithCall(new SpeechCall { Provider = "one", AudioSeconds = 2.5 });

        await _hearing.GetTextAsync(audio, options, Cancelled);

        var (series, sums) = Single();
        Assert.Equal(SpeechOperation.Recognition, series.Operation);
        Assert.Equal((0, 2_500_000, 3m), (sums.Characters, sums.AudioMicroseconds, sums.Units));
    }

    [Fact]
    public async Task GetAudioAsync_PlanExhausted_CountsWhatFailedAttemptsBill()
    {
        SpeechAttempt[] attempts =
        [
            new("one", "m1", "bad_result", "Silent.", 0.1) { Billed = true, CostUsd = 0.1m }, new("one", "m1", "unavailable", "500", 0.1),
            new("two", "m2", "bad_result", "Silent.", 0.1) { Billed = true, CostUsd = 0.02m },
        ];
        _speaker.Then((_, _) => throw new PlanExhaustedException("None.", attempts, [new ProviderException("two", ProviderFailureKind.BadResult, "Silent.")]));

        await Assert.ThrowsAsync<PlanExhaustedException>(() => SpeakAsync("Hello."));

        var (series, sums) = Single();
        Assert.Equal(("two", "m2", null, "providers_unavailable"), (series.Provider, series.Model, series.Cache, series.Outcome));
        Assert.Equal((1, 0, 0.12m, 0), (sums.Requests, sums.Characters, sums.CostUsd, sums.Unpriced));
    }

    [Fact]
    public async Task GetAudioAsync_OneTargetWithoutFallback_IsRecordedToo()
    {
        _speaker.Then((_, _) => throw new ProviderException("one", ProviderFailureKind.BadResult, "Silent.") { Billed = true, CostUsd = 0.1m });
        _speaker.Then((_, _) => throw new ProviderException("one", ProviderFailureKind.Overloaded, "Full."));

        await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync("Hello."));
        await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync("Hello."));

        Assert.Equal(
            ["one providers_unavailable 0.1", "one overloaded 0"], All().Select(pair => $"{pair.Key.Provider} {pair.Key.Outcome} {pair.Value.CostUsd}"));
    }

    [Fact]
    public async Task GetAudioAsync_FailedAttemptOfUnknownPrice_LeavesTheCostUnknown()
    {
        _speaker.Then((_, token) => throw new AttemptsCancelledException(
            [new SpeechAttempt("one", "m1", "bad_result", "Silent.", 0.1) { Billed = true }], new OperationCanceledException(token), token));

        await Assert.ThrowsAsync<AttemptsCancelledException>(() => SpeakAsync("Hello."));

        Assert.Equal(("cancelled", 1), (Single().Series.Outcome, Single().Sums.Unpriced));
    }

    [Theory]
    [InlineData(10, 1, "cancelled")]
    [InlineData(10, 10, "deadline_exceeded")]
    [InlineData(null, 10, "cancelled")]
    public async Task GetAudioAsync_Cancelled_TellsTheCallerFromTheDeadline(int? deadline, int after, string outcome)
    {
        _speaker.Then((_, _) =>
        {
            _time.Advance(TimeSpan.FromSeconds(after));
            throw new OperationCanceledException();
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => SpeakAsync("Hello.", call => call with { Deadline = UsageInstance.Noon.AddSeconds(deadline ?? 0) }, deadline is null));

        Assert.Equal(outcome, Single().Series.Outcome);
    }

    [Fact]
    public async Task GetAudioAsync_ProblemsAndDefects_KeepTheirCodes()
    {
        _speaker.Then((_, _) => throw new ProblemException(ProblemKind.CacheMiss, "Not stored."));
        _speaker.Then((_, _) => throw new NotSupportedException("A defect."));

        await Assert.ThrowsAsync<ProblemException>(() => SpeakAsync("Hello."));
        await Assert.ThrowsAsync<NotSupportedException>(() => SpeakAsync("Hello."));

        Assert.Equal(["cache_miss", "internal_error"], All().Select(pair => pair.Key.Outcome));
        Assert.All(All(), pair => Assert.Equal((null, null, 0), (pair.Key.Provider, pair.Key.Cache, pair.Value.Unpriced)));
    }

    [Fact]
    public async Task GetAudioAsync_ClientThatKnowsNoOutcome_IsServedAllTheSame()
    {
        _speaker.Then((_, _) => Task.FromResult(new TextToSpeechResponse([])));

        Assert.NotNull(await SpeakAsync("Hello."));

        Assert.Empty(All());
    }

    [Fact]
    public async Task GetStreamingAudioAsync_Answered_IsOneCall()
    {
        _speaker.ThenSpeaks();

        await foreach (var update in _speech.GetStreamingAudioAsync("Hello.", Asked(), Cancelled))
        {
            Assert.NotNull(update);
        }

        Assert.Equal(1, Single().Sums.Requests);
    }

    [Fact]
    public async Task GetAudioAsync_Answered_TellsMetersAndActivities()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        using var requests = new MetricCollector<long>(meters, VoiceMeter.Name, "voice.call.requests");
        using var duration = new MetricCollector<double>(meters, VoiceMeter.Name, "voice.call.duration");
        using var cost = new MetricCollector<double>(meters, VoiceMeter.Name, "voice.call.cost");
        var activities = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == VoiceMeter.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        _speaker.ThenSpeaks(with: outcome => outcome with { Provider = "metered", CostUsd = 0.25m });

        await SpeakAsync("Hello.", call => call with { Tenant = "acme", KeyName = "web" });

        var measured = Assert.Single(requests.GetMeasurementSnapshot());
        Assert.Equal(1, measured.Value);
        Assert.Equal(
            ["voice.cache.outcome=miss", "voice.model=a-model", "voice.operation=synthesis", "voice.outcome=ok", "voice.provider=metered"],
            measured.Tags.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("s", duration.Instrument!.Unit);
        Assert.Equal(0.25, Assert.Single(cost.GetMeasurementSnapshot()).Value);
        var activity = Assert.Single(activities, activity => (string?)activity.GetTagItem(TagNames.Provider) == "metered");
        Assert.Equal("voice.synthesis", activity.OperationName);
        Assert.DoesNotContain(activity.TagObjects, tag => tag.Value is "acme" or "web" or "Hello.");
    }

    private static TextToSpeechOptions Asked(Func<SpeechCall, SpeechCall>? with = null, bool withoutDeadline = false)
    {
        var call = new SpeechCall { Provider = "one" };
        call = with is null ? call : with(call);
        return new TextToSpeechOptions { ModelId = "a-model", AudioFormat = "wav" }.WithCall(withoutDeadline ? call with { Deadline = null } : call);
    }

    private Task<TextToSpeechResponse> SpeakAsync(string text, Func<SpeechCall, SpeechCall>? with = null, bool withoutDeadline = false) =>
        _speech.GetAudioAsync(text, Asked(with, withoutDeadline), Cancelled);

    private List<KeyValuePair<UsageSeries, UsageSums>> All(string tenant = SpeechCall.DefaultTenant) =>
        [.. _services.GetRequiredService<UsageAggregator>().Rows(tenant).SelectMany(row => UsageRowFormat.Read(row.Content.Span))];

    private (UsageSeries Series, UsageSums Sums) Single(string tenant = SpeechCall.DefaultTenant)
    {
        var (series, sums) = Assert.Single(All(tenant));
        return (series, sums);
    }
}

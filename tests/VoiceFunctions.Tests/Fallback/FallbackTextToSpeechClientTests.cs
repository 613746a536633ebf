using Microsoft.Extensions.AI;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Fallback;

public sealed class FallbackTextToSpeechClientTests : IDisposable
{
    private readonly StubTextToSpeechClient _inner = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _inner.Dispose();

    [Fact]
    public async Task GetAudioAsync_FirstSpeaks_AsksNobodyElse()
    {
        var response = await SpeakAsync(_inner.ThenSpeaks());

        Assert.Equal(["a=ok"], Attempts(response.GetOutcome().Attempts));
        Assert.Equal("a", Assert.Single(_inner.Calls).Options.GetCall().Provider);
    }

    [Theory]
    [InlineData(ProviderFailureKind.Unavailable)]
    [InlineData(ProviderFailureKind.Timeout)]
    [InlineData(ProviderFailureKind.RateLimited)]
    [InlineData(ProviderFailureKind.Unauthorized)]
    [InlineData(ProviderFailureKind.UnsupportedLanguage)]
    [InlineData(ProviderFailureKind.BadResult)]
    [InlineData(ProviderFailureKind.CircuitOpen)]
    [InlineData(ProviderFailureKind.Overloaded)]
    public async Task GetAudioAsync_FirstFails_TheSecondSpeaksAndBothAreTold(ProviderFailureKind kind)
    {
        var response = await SpeakAsync(_inner.ThenFails(kind).ThenSpeaks());

        Assert.Equal([$"a={kind.Name()}", "b=ok"], Attempts(response.GetOutcome().Attempts));
        Assert.Equal("b", response.GetOutcome().Provider);
    }

    [Fact]
    public async Task GetAudioAsync_EverybodyFails_TellsAllAndWhenTheFirstMayBeBack()
    {
        _inner.ThenFails(ProviderFailureKind.RateLimited, TimeSpan.FromHours(1)).ThenFails(ProviderFailureKind.Unavailable, TimeSpan.FromSeconds(2)).ThenFails(ProviderFailureKind.Timeout);

        var exhausted = await Assert.ThrowsAsync<PlanExhaustedException>(() => SpeakAsync(_inner));

        Assert.Equal(["a=rate_limited", "b=unavailable", "c=timeout"], Attempts(exhausted.Attempts));
        Assert.Equal(3, exhausted.Failures.Count);
        Assert.Equal(TimeSpan.FromSeconds(2), exhausted.RetryAfter);
    }

    [Fact]
    public async Task GetAudioAsync_RequestRefusedAsWrong_IsNotSentToWhoCanDoNoMore()
    {
        var exhausted = await Assert.ThrowsAsync<PlanExhaustedException>(() => SpeakAsync(_inner.ThenFails(ProviderFailureKind.InvalidRequest)));

        Assert.Single(_inner.Calls);
        Assert.Equal(ProblemKind.InvalidRequest, ProblemTranslation.Translate(exhausted)!.Kind);
        Assert.Equal("a: InvalidRequest scripted.", exhausted.Message);
    }

    [Fact]
    public async Task GetAudioAsync_RequestRefusedAsWrong_GoesOnToWhoCanDoMore()
    {
        var response = await SpeakAsync(
            _inner.ThenFails(ProviderFailureKind.InvalidRequest).ThenSpeaks(), call: new() { Instructions = "Whisper." },
            models: [TestCatalog.Model("m"), TestCatalog.Model("m"), TestCatalog.Model("m") with { Instructions = true }]);

        Assert.Equal(["a=invalid_request", "c=ok"], Attempts(response.GetOutcome().Attempts));
        Assert.Null(_inner.Calls[0].Options.GetCall().Instructions);
        Assert.Equal("Whisper.", _inner.Calls[1].Options.GetCall().Instructions);
    }

    [Fact]
    public async Task GetAudioAsync_CancelledAtTheSecond_TellsWhatWasTried()
    {
        using var caller = new CancellationTokenSource();
        _inner.ThenFails(ProviderFailureKind.Unavailable).Then(async (options, token) =>
        {
            await caller.CancelAsync();
            throw new AttemptsCancelledException([new("b", options.ModelId, "cancelled", null, 0)], new OperationCanceledException(), token);
        });

        var cancelled = await Assert.ThrowsAsync<AttemptsCancelledException>(() => SpeakAsync(_inner, token: caller.Token));

        Assert.Equal(["a=unavailable", "b=cancelled"], Attempts(cancelled.Attempts));
        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task GetAudioAsync_Defect_IsNotAFailureOfTheProvider()
    {
        _inner.Then((_, _) => throw new InvalidOperationException("bug"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => SpeakAsync(_inner));
        Assert.Single(_inner.Calls);
    }

    [Fact]
    public async Task GetAudioAsync_Target_IsResolvedAndTheCallersOptionsAreLeftAlone()
    {
        var options = new TextToSpeechOptions { AudioFormat = "wav", Speed = 1.5f };

        await SpeakAsync(_inner.ThenSpeaks(), options, new() { Providers = ["b", "a"], SampleRate = 8000, Instructions = "Whisper." });

        var sent = Assert.Single(_inner.Calls).Options;
        Assert.Equal(("b-model", "anyone", "wav", 1.5f), (sent.ModelId, sent.VoiceId, sent.AudioFormat, sent.Speed));
        Assert.Equal(("b", 0, 8000, null), (sent.GetCall().Provider, sent.GetCall().Providers.Count, sent.GetCall().SampleRate, sent.GetCall().Instructions));
        Assert.Equal((null, null, null), (options.ModelId, options.VoiceId, options.GetCall().Provider));
    }

    [Fact]
    public async Task GetAudioAsync_OnlyStoredWanted_LooksForEachTargetInTurnAndTellsOfNoneBefore()
    {
        var response = await SpeakAsync(_inner.Then(Missing).ThenSpeaks(), call: new() { Cache = CacheMode.Only });

        Assert.Equal(["b=ok"], Attempts(response.GetOutcome().Attempts));
        Assert.All(_inner.Calls, made => Assert.Equal(CacheMode.Only, made.Options.GetCall().Cache));
    }

    [Fact]
    public async Task GetAudioAsync_OnlyStoredWantedAndNothingIs_IsACacheMiss()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => SpeakAsync(_inner.Then(Missing).Then(Missing).Then(Missing), call: new() { Cache = CacheMode.Only }));

        Assert.Equal(ProblemKind.CacheMiss, problem.Kind);
        Assert.Equal(["a", "b", "c"], _inner.Calls.Select(made => made.Options.GetCall().Provider));
    }

    private static Task<TextToSpeechResponse> Missing(TextToSpeechOptions options, CancellationToken token) =>
        throw new ProblemException(ProblemKind.CacheMiss, "Scripted.");

    private static IEnumerable<string> Attempts(IEnumerable<SpeechAttempt> attempts) => attempts.Select(attempt => $"{attempt.Provider}={attempt.Outcome}");

    private static async Task<TextToSpeechResponse> SpeakAsync(
        StubTextToSpeechClient inner, TextToSpeechOptions? options = null, SpeechCall? call = null, SynthesisModel[]? models = null, CancellationToken? token = null)
    {
        string[] names = ["a", "b", "c"];
        var catalog = TestCatalog.Of(names.Select((name, index) => models is null ? TestCatalog.Speaker(name) : TestCatalog.Speaker(name, models[index])));
        using var client = new FallbackTextToSpeechClient(inner, TestCatalog.Planner(catalog), TestCatalog.Loop());
        options ??= new TextToSpeechOptions { AudioFormat = "mp3" };
        return await client.GetAudioAsync("Hello.", options.WithCall(call ?? new()), token ?? Token);
    }
}

using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Fallback;

public sealed class FallbackLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<string, TaskCompletionSource<SpeechOutcome>> _answers = [];
    private readonly Dictionary<string, TaskCompletionSource> _reached = [];
    private readonly List<string> _asked = [];
    private readonly List<TimeSpan?> _shares = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_HedgingOff_WaitsForTheSlowTarget()
    {
        var running = RunAsync(TestCatalog.Loop(hedgeAfter: null, _time), "slow", "fast");

        _time.Advance(TimeSpan.FromMinutes(3));
        Answer("slow");

        Assert.Equal("slow", (await running).Response.Provider);
        Assert.Equal(["slow"], _asked);
    }

    [Fact]
    public async Task RunAsync_SlowerThanPatience_TakesTheFirstAnswerAndTellsOfBoth()
    {
        var running = RunAsync(TestCatalog.Loop(Patience, _time), "slow", "fast", "unneeded");
        Assert.Equal(["slow"], _asked);

        _time.Advance(Patience);
        await _reached["fast"].Task;
        Answer("fast");

        var (response, attempts) = await running;
        Assert.Equal("fast", response.Provider);
        Assert.Equal(["fast=ok", "slow=cancelled"], attempts.Select(attempt => $"{attempt.Provider}={attempt.Outcome}"));
        Assert.Equal(["slow", "fast"], _asked);
    }

    [Fact]
    public async Task RunAsync_HedgeFails_StillTakesTheSlowAnswer()
    {
        var running = RunAsync(TestCatalog.Loop(Patience, _time), "slow", "broken");

        _time.Advance(Patience);
        await _reached["broken"].Task;
        Fail("broken", ProviderFailureKind.Unavailable);
        Answer("slow");

        var (response, attempts) = await running;
        Assert.Equal("slow", response.Provider);
        Assert.Equal(["broken=unavailable", "slow=ok"], attempts.OrderBy(attempt => attempt.Provider, StringComparer.Ordinal).Select(attempt => $"{attempt.Provider}={attempt.Outcome}"));
    }

    [Fact]
    public async Task RunAsync_Deadline_IsSharedAmongTheTargetsThatAreLeft()
    {
        var running = RunAsync(TestCatalog.Loop(time: _time), "first", "second", "third");
        _time.Advance(Patience / 4);
        Fail("first", ProviderFailureKind.Timeout);
        await _reached["second"].Task;
        Fail("second", ProviderFailureKind.Timeout);
        await _reached["third"].Task;
        Answer("third");
        await running;

        Assert.Equal([Patience / 3, Patience * 3 / 8, null], _shares);
    }

    [Fact]
    public async Task RunAsync_CallerLeaves_StopsEveryTarget()
    {
        using var leaving = new CancellationTokenSource();
        var running = RunAsync(TestCatalog.Loop(Patience, _time), leaving.Token, "slow", "slower");
        _time.Advance(Patience);
        await _reached["slower"].Task;

        await leaving.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<AttemptsCancelledException>(() => running);
        Assert.Equal(["slow=cancelled", "slower=cancelled"], cancelled.Attempts.Select(attempt => $"{attempt.Provider}={attempt.Outcome}").Order(StringComparer.Ordinal));
        Assert.Equal(["slow", "slower"], _asked);
    }

    [Fact]
    public async Task RunAsync_AllFail_SaysSoWithEveryAttempt()
    {
        var running = RunAsync(TestCatalog.Loop(), "first", "second");

        Fail("first", ProviderFailureKind.BadResult);
        Fail("second", ProviderFailureKind.Timeout);

        var exhausted = await Assert.ThrowsAsync<PlanExhaustedException>(() => running);
        Assert.Equal(["first=bad_result", "second=timeout"], exhausted.Attempts.Select(attempt => $"{attempt.Provider}={attempt.Outcome}"));
    }

    private Task<(SpeechOutcome Response, IReadOnlyList<SpeechAttempt> Attempts)> RunAsync(FallbackLoop loop, params string[] plan) => RunAsync(loop, Token, plan);

    private Task<(SpeechOutcome Response, IReadOnlyList<SpeechAttempt> Attempts)> RunAsync(FallbackLoop loop, CancellationToken token, params string[] plan)
    {
        foreach (var target in plan)
        {
            _answers[target] = new TaskCompletionSource<SpeechOutcome>();
            _reached[target] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return loop.RunAsync(plan, AskAsync, outcome => outcome, canDoMore: (_, _) => false, _time.GetUtcNow() + Patience, token);
    }

    private async Task<SpeechOutcome> AskAsync(string target, TimeSpan? share, CancellationToken token)
    {
        _shares.Add(share);
        _asked.Add(target);
        _reached[target].SetResult();
        try
        {
            return await _answers[target].Task.WaitAsync(token);
        }
        catch (OperationCanceledException exception)
        {
            throw new AttemptsCancelledException([new SpeechAttempt(target, "m", "cancelled", Detail: null, 0)], exception, token);
        }
    }

    private void Answer(string target) =>
        _answers[target].SetResult(new SpeechOutcome { Provider = target, Model = "m", Attempts = [new SpeechAttempt(target, "m", "ok", Detail: null, 0)] });

    private void Fail(string target, ProviderFailureKind kind) => _answers[target].SetException(
        new ProviderException(target, kind, "Scripted.") { Attempts = [new SpeechAttempt(target, "m", kind.Name(), "Scripted.", 0)] });
}

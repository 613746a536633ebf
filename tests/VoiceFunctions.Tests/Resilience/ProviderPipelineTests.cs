using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Tests.Resilience;

public sealed class ProviderPipelineTests
{
    private static readonly ResilienceOptions Retrying = new() { MaxRetries = 2, RetryDelay = TimeSpan.FromMilliseconds(200), MinimumThroughput = 100 };

    [Fact]
    public async Task RunAsync_Success_IsOneAttempt()
    {
        var bench = new PipelineBench();

        var (result, attempts) = await bench.CallAsync(_ =>
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(1234));
            return Task.FromResult("spoken");
        });

        Assert.Equal("spoken", result);
        Assert.Equal(new SpeechAttempt("a", "m", "ok", Detail: null, 1.234), Assert.Single(attempts));
        Assert.Equal(1.234, bench.Pipeline.Traffic.Latency!.P50);
    }

    [Fact]
    public async Task RunAsync_FailsThenSucceeds_TellsBothAttempts()
    {
        var bench = new PipelineBench(Retrying);
        var running = bench.CallAsync(_ => bench.Calls == 1 ? throw PipelineBench.Failure(ProviderFailureKind.Unavailable) : Task.FromResult("spoken"));

        await bench.PassUntilDoneAsync(running);

        Assert.Equal(["unavailable", "ok"], (await running).Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task RunAsync_FailsEveryTime_EndsAfterTheRetriesWithAllAttempts()
    {
        var bench = new PipelineBench(Retrying);
        var running = bench.CallAsync(_ => throw PipelineBench.Failure(ProviderFailureKind.BadResult));

        await bench.PassUntilDoneAsync(running);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => running);
        Assert.Equal(ProviderFailureKind.BadResult, failure.Kind);
        Assert.Equal(3, failure.Attempts.Count);
        Assert.Equal(3, bench.Calls);
    }

    [Fact]
    public async Task RunAsync_ChunkOfAJob_IsTriedOnce()
    {
        var bench = new PipelineBench(Retrying) { Once = true };

        var failure = await bench.FailAsync(ProviderFailureKind.Unavailable);

        Assert.Single(failure.Attempts);
        Assert.Equal(1, bench.Calls);
    }

    [Theory]
    [InlineData(ProviderFailureKind.InvalidRequest)]
    [InlineData(ProviderFailureKind.Unauthorized)]
    [InlineData(ProviderFailureKind.NotRecognised)]
    [InlineData(ProviderFailureKind.Timeout)]
    public async Task RunAsync_FailureThatStays_IsNotRepeated(ProviderFailureKind kind)
    {
        var bench = new PipelineBench(Retrying);

        var failure = await bench.FailAsync(kind);

        Assert.Equal(kind, failure.Kind);
        Assert.Equal(1, bench.Calls);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 6)]
    public async Task RunAsync_WaitAskedFor_IsKept(double wait, double total)
    {
        var bench = new PipelineBench(Retrying);
        var running = bench.CallAsync(_ => throw PipelineBench.Failure(ProviderFailureKind.RateLimited, TimeSpan.FromSeconds(wait)));

        var passed = await bench.PassUntilDoneAsync(running);

        Assert.Equal(3, bench.Calls);
        Assert.InRange(passed.TotalSeconds, total, total + 0.1);
        await Assert.ThrowsAsync<ProviderException>(() => running);
    }

    [Fact]
    public async Task RunAsync_LongerWaitAskedFor_LeavesItToTheNextTarget()
    {
        var bench = new PipelineBench(Retrying);

        var failure = await bench.FailAsync(ProviderFailureKind.RateLimited, TimeSpan.FromSeconds(3.1));

        Assert.Equal(1, bench.Calls);
        Assert.Equal(TimeSpan.FromSeconds(3.1), failure.RetryAfter);
    }

    [Fact]
    public async Task RunAsync_NoAnswerInTime_IsATimeout()
    {
        var bench = new PipelineBench(Retrying);
        var running = bench.CallAsync(PipelineBench.HangAsync);

        bench.Time.Advance(PipelineBench.AttemptTimeout);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => running);
        Assert.Equal(ProviderFailureKind.Timeout, failure.Kind);
        Assert.Equal(["timeout"], failure.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(ProviderFailureKind.Timeout, bench.Pipeline.Traffic.LastFailure);
    }

    [Fact]
    public async Task RunAsync_CallerLeaves_IsACancellationWithTheAttempts()
    {
        using var caller = new CancellationTokenSource();
        var bench = new PipelineBench(Retrying);
        var running = bench.RunAsync(
            token => bench.Calls == 1 ? throw PipelineBench.Failure(ProviderFailureKind.RateLimited, TimeSpan.Zero) : PipelineBench.HangAsync(token), caller.Token);
        Assert.Equal(2, bench.Calls);

        await caller.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<AttemptsCancelledException>(() => running);
        Assert.Equal(["rate_limited", "cancelled"], cancelled.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(ProviderFailureKind.RateLimited, bench.Pipeline.Traffic.LastFailure);
    }

    [Fact]
    public async Task RunAsync_CallerLeavesBetweenAttempts_StopsWaiting()
    {
        using var caller = new CancellationTokenSource();
        var bench = new PipelineBench(Retrying);
        var running = bench.RunAsync(_ => throw PipelineBench.Failure(ProviderFailureKind.RateLimited, TimeSpan.FromSeconds(3)), caller.Token);

        await caller.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<AttemptsCancelledException>(() => running);
        Assert.Equal(["rate_limited"], cancelled.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(1, bench.Calls);
    }

    [Fact]
    public async Task RunAsync_ProviderBreaksBecauseTheCallerLeft_IsACancellation()
    {
        using var caller = new CancellationTokenSource();
        var bench = new PipelineBench();
        var running = bench.RunAsync(
            async token =>
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PipelineBench.HangAsync(token));
                throw PipelineBench.Failure(ProviderFailureKind.Unavailable);
            },
            caller.Token);

        await caller.CancelAsync();

        Assert.Single((await Assert.ThrowsAsync<AttemptsCancelledException>(() => running)).Attempts);
    }

    [Fact]
    public async Task RunAsync_CallerHasLeftAlready_CallsNobody()
    {
        var bench = new PipelineBench(Retrying);

        var cancelled = await Assert.ThrowsAsync<AttemptsCancelledException>(() => bench.RunAsync(PipelineBench.HangAsync, new CancellationToken(canceled: true)));

        Assert.Empty(cancelled.Attempts);
        Assert.Equal(0, bench.Calls);
    }

    [Fact]
    public async Task RunAsync_AnswerAfterTheCallerLeft_IsNotThrownAway()
    {
        using var caller = new CancellationTokenSource();
        var bench = new PipelineBench(Retrying);

        var (result, _) = await bench.RunAsync(
            async _ =>
            {
                await caller.CancelAsync();
                return "paid for";
            },
            caller.Token);

        Assert.Equal("paid for", result);
    }

    [Fact]
    public async Task RunAsync_Defect_PassesThroughOnce()
    {
        var bench = new PipelineBench(Retrying);

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.CallAsync(_ => throw new InvalidOperationException("bug")));

        Assert.Equal(1, bench.Calls);
    }
}

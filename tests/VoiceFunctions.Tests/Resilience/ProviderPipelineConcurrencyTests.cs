using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Resilience;

public sealed class ProviderPipelineConcurrencyTests
{
    private readonly TaskCompletionSource<string> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task RunAsync_AtTheLimit_WaitsForAPlace()
    {
        var bench = Bench(queue: 1);
        var first = bench.CallAsync(_ => _gate.Task);
        var second = bench.CallAsync(_ => Task.FromResult("second"));
        Assert.Equal(1, bench.Calls);

        _gate.SetResult("first");

        Assert.Equal(("first", "second"), ((await first).Result, (await second).Result));
    }

    [Fact]
    public async Task RunAsync_QueueIsFull_IsOverloadedAndNotTried()
    {
        var bench = Bench(queue: 1);
        var first = bench.CallAsync(_ => _gate.Task);
        var second = bench.SucceedAsync();

        var failure = await Assert.ThrowsAsync<ProviderException>(bench.SucceedAsync);

        Assert.Equal(ProviderFailureKind.Overloaded, failure.Kind);
        Assert.Equal("overloaded", Assert.Single(failure.Attempts).Outcome);
        Assert.Equal(1, bench.Calls);
        _gate.SetResult("first");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task RunAsync_CallerLeavesTheQueue_FreesThePlaceAndTriesNothing()
    {
        var bench = Bench(queue: 1);
        using var caller = new CancellationTokenSource();
        var first = bench.CallAsync(_ => _gate.Task);
        var queued = bench.RunAsync(_ => Task.FromResult("queued"), caller.Token);

        await caller.CancelAsync();

        Assert.Empty((await Assert.ThrowsAsync<AttemptsCancelledException>(() => queued)).Attempts);
        Assert.Equal(1, bench.Calls);
        var next = bench.SucceedAsync();
        _gate.SetResult("first");
        Assert.Equal("spoken", (await next).Result);
        await first;
    }

    [Fact]
    public async Task RunAsync_CallerLeavesItsCall_FreesThePlace()
    {
        var bench = Bench(queue: 0);
        using var caller = new CancellationTokenSource();
        var first = bench.RunAsync(PipelineBench.HangAsync, caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAsync<AttemptsCancelledException>(() => first);

        Assert.Equal("spoken", (await bench.SucceedAsync()).Result);
    }

    [Fact]
    public async Task RunAsync_WaitInTheQueue_IsNotTakenFromTheAttemptsTime()
    {
        var bench = Bench(queue: 1);
        var first = bench.CallAsync(_ => _gate.Task);
        var second = bench.SucceedAsync();

        bench.Time.Advance(PipelineBench.AttemptTimeout * 2);
        _gate.SetResult("first");

        Assert.Equal("spoken", (await second).Result);
        await first;
    }

    private static PipelineBench Bench(int queue) => new(new() { MaxRetries = 0, QueueLimit = queue }, concurrency: 1);
}

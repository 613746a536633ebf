using Microsoft.Extensions.Logging.Abstractions;
using Polly.CircuitBreaker;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Tests.Resilience;

public sealed class ProviderPipelineCircuitTests
{
    private static readonly ResilienceOptions Options = new()
    {
        MaxRetries = 0,
        FailureRatio = 0.5,
        MinimumThroughput = 4,
        SamplingDuration = TimeSpan.FromSeconds(30),
        BreakDuration = TimeSpan.FromSeconds(15),
    };

    private readonly PipelineBench _bench = new(Options);

    [Theory]
    [InlineData(ProviderFailureKind.Unavailable, true)]
    [InlineData(ProviderFailureKind.Timeout, true)]
    [InlineData(ProviderFailureKind.RateLimited, true)]
    [InlineData(ProviderFailureKind.BadResult, true)]
    [InlineData(ProviderFailureKind.Unauthorized, true)]
    [InlineData(ProviderFailureKind.InvalidRequest, false)]
    [InlineData(ProviderFailureKind.NotRecognised, false)]
    [InlineData(ProviderFailureKind.UnsupportedLanguage, false)]
    public async Task RunAsync_FailsAgainAndAgain_OpensOnlyForTheProvidersFailures(ProviderFailureKind kind, bool opens)
    {
        await FailAsync(kind, times: 4);

        Assert.Equal(opens ? CircuitState.Open : CircuitState.Closed, _bench.Pipeline.Circuit);
    }

    [Fact]
    public async Task RunAsync_FewFailures_KeepItClosed()
    {
        await FailAsync(ProviderFailureKind.Unavailable, times: 3);

        Assert.Equal(CircuitState.Closed, _bench.Pipeline.Circuit);
    }

    [Fact]
    public async Task RunAsync_Open_IsNotTriedAndTellsHowLong()
    {
        await FailAsync(ProviderFailureKind.Unavailable, times: 4);
        _bench.Time.Advance(TimeSpan.FromSeconds(5));

        var failure = await Assert.ThrowsAsync<ProviderException>(_bench.SucceedAsync);

        Assert.Equal(ProviderFailureKind.CircuitOpen, failure.Kind);
        Assert.Equal(TimeSpan.FromSeconds(10), failure.RetryAfter);
        Assert.Equal(new SpeechAttempt("a", "m", "circuit_open", "Left alone after repeated failures.", 0), Assert.Single(failure.Attempts));
        Assert.Equal(4, _bench.Calls);
    }

    [Fact]
    public async Task RunAsync_OpensWhileRetrying_TellsTheFailureBeforeIt()
    {
        var bench = new PipelineBench(new() { MaxRetries = 5, MinimumThroughput = 2, FailureRatio = 0.5 });
        var running = bench.CallAsync(_ => throw PipelineBench.Failure(ProviderFailureKind.Unavailable, TimeSpan.Zero));
        await bench.PassUntilDoneAsync(running);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => running);

        Assert.Equal(["unavailable", "unavailable", "circuit_open"], failure.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(2, bench.Calls);
    }

    [Fact]
    public async Task RunAsync_HalfOpenAndWell_Closes()
    {
        await HalfOpenAsync();

        await _bench.SucceedAsync();

        Assert.Equal(CircuitState.Closed, _bench.Pipeline.Circuit);
    }

    [Fact]
    public async Task RunAsync_HalfOpenAndStillFailing_OpensForTheWholeTimeAgain()
    {
        await HalfOpenAsync();

        await _bench.FailAsync(ProviderFailureKind.Unavailable);
        _bench.Time.Advance(TimeSpan.FromSeconds(14));

        Assert.Equal(ProviderFailureKind.CircuitOpen, (await Assert.ThrowsAsync<ProviderException>(_bench.SucceedAsync)).Kind);
    }

    [Fact]
    public async Task RunAsync_HalfOpen_LetsOneThroughAndTheOthersAreTold()
    {
        await HalfOpenAsync();
        var gate = new TaskCompletionSource<string>();
        var probe = _bench.CallAsync(_ => gate.Task);

        var failure = await Assert.ThrowsAsync<ProviderException>(_bench.SucceedAsync);
        Assert.Equal(ProviderFailureKind.CircuitOpen, failure.Kind);
        Assert.True(failure.RetryAfter is null || failure.RetryAfter > TimeSpan.Zero, $"{failure.RetryAfter}");

        gate.SetResult("spoken");
        Assert.Equal("spoken", (await probe).Result);
    }

    [Fact]
    public async Task RunAsync_HalfOpenAndTheCallerLeaves_HasShownNothing()
    {
        await HalfOpenAsync();
        using var caller = new CancellationTokenSource();
        var probe = _bench.RunAsync(PipelineBench.HangAsync, caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);

        Assert.NotEqual(CircuitState.Closed, _bench.Pipeline.Circuit);
    }

    [Fact]
    public async Task RunAsync_CallersLeave_DoNotOpenIt()
    {
        for (var i = 0; i < 10; i++)
        {
            using var caller = new CancellationTokenSource();
            var running = _bench.RunAsync(PipelineBench.HangAsync, caller.Token);
            await caller.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        Assert.Equal(CircuitState.Closed, _bench.Pipeline.Circuit);
    }

    [Fact]
    public async Task RunAsync_OldFailures_AreForgotten()
    {
        await FailAsync(ProviderFailureKind.Unavailable, times: 3);
        _bench.Time.Advance(TimeSpan.FromSeconds(31));
        await FailAsync(ProviderFailureKind.Unavailable, times: 3);

        Assert.Equal(CircuitState.Closed, _bench.Pipeline.Circuit);
    }

    [Fact]
    public async Task For_EachOperation_HasACircuitOfItsOwn()
    {
        var provider = Stubs.TestCatalog.Speaker("a");
        var pipelines = new ProviderPipelines(
            Stubs.TestCatalog.Of(provider), Microsoft.Extensions.Options.Options.Create(Options), PipelineBench.Metrics, _bench.Time, NullLogger<ProviderPipeline>.Instance);
        var synthesis = pipelines.For("a", SpeechOperation.Synthesis);
        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<ProviderException>(
                () => synthesis.RunAsync<string>("m", PipelineBench.AttemptTimeout, once: false, _ => throw PipelineBench.Failure(ProviderFailureKind.Unavailable), CancellationToken.None));
        }

        Assert.Equal(CircuitState.Open, synthesis.Circuit);
        Assert.Equal(CircuitState.Closed, pipelines.For("a", SpeechOperation.Recognition).Circuit);
        Assert.Same(synthesis, pipelines.For("a", SpeechOperation.Synthesis));
    }

    private async Task HalfOpenAsync()
    {
        await FailAsync(ProviderFailureKind.Unavailable, times: 4);
        _bench.Time.Advance(TimeSpan.FromSeconds(16));
    }

    private async Task FailAsync(ProviderFailureKind kind, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _bench.FailAsync(kind);
        }
    }
}

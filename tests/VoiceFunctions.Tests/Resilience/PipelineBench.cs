using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Resilience;

/// <summary>One pipeline on a clock of its own, and calls that end when the test says so.</summary>
internal sealed class PipelineBench
{
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    public PipelineBench(ResilienceOptions? options = null, int concurrency = 16)
    {
        Pipeline = new ProviderPipeline(
            TestCatalog.Speaker("a") with { Concurrency = concurrency }, SpeechOperation.Synthesis, options ?? new() { MaxRetries = 0 }, Metrics, Time, NullLogger.Instance);
    }

    public static IMeterFactory Meters { get; } = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public static ProviderMetrics Metrics { get; } = new(Meters);

    /// <summary>Whether calls are chunks of a job, which are tried once.</summary>
    public bool Once { get; init; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public ProviderPipeline Pipeline { get; }

    /// <summary>Calls that reached the provider.</summary>
    public int Calls { get; private set; }

    public static ProviderException Failure(ProviderFailureKind kind, TimeSpan? retryAfter = null) => new("a", kind, $"{kind} scripted.") { RetryAfter = retryAfter };

    /// <summary>A call whose caller stays.</summary>
    public Task<(string Result, IReadOnlyList<SpeechAttempt> Attempts)> CallAsync(Func<CancellationToken, Task<string>> call) => RunAsync(call, CancellationToken.None);

    public Task<(string Result, IReadOnlyList<SpeechAttempt> Attempts)> RunAsync(Func<CancellationToken, Task<string>> call, CancellationToken token) =>
        Pipeline.RunAsync(
            "m",
            AttemptTimeout,
            Once,
            inner =>
            {
                Calls++;
                return call(inner);
            },
            token);

    public Task<(string Result, IReadOnlyList<SpeechAttempt> Attempts)> SucceedAsync() => CallAsync(_ => Task.FromResult("spoken"));

    public async Task<ProviderException> FailAsync(ProviderFailureKind kind, TimeSpan? retryAfter = null) =>
        await Assert.ThrowsAsync<ProviderException>(() => CallAsync(_ => throw Failure(kind, retryAfter)));

    public static async Task<string> HangAsync(CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        return "never";
    }

    /// <summary>Lets the clock run in small steps until the task is done.</summary>
    public async Task<TimeSpan> PassUntilDoneAsync(Task task)
    {
        var start = Time.GetUtcNow();
        while (!task.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        return Time.GetUtcNow() - start;
    }
}

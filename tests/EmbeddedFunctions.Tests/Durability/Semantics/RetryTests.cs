using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-error-handling, "Automatic retry on failure".</summary>
public sealed class RetryTests(StorageAccount storage)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public async Task RetryPolicy_AlwaysFails_TriesAsOftenAsItMayAndThrowsTheLastFailure(bool replays, int attempts)
    {
        var calls = 0;
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync("First", TaskOptions.FromRetryPolicy(new RetryPolicy(attempts, Tick / 10)));
                return null;
            })
            .First<object>(_ => throw new InvalidOperationException($"attempt {Interlocked.Increment(ref calls)}"));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var end = await hub.RunMainAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(attempts, calls);
        Assert.EndsWith($"attempt {attempts}", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task RetryPolicy_SucceedsInTheEnd_TheCallSucceeds(bool replays)
    {
        var calls = 0;
        var script = new Script()
            .Main(async context => await context.CallActivityAsync<int>("First", TaskOptions.FromRetryPolicy(new RetryPolicy(5, Tick / 10))))
            .First<object>(_ => Interlocked.Increment(ref calls) < 3 ? throw new InvalidOperationException("not yet") : calls);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(3, await hub.OutputOfMainAsync<int>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task RetryPolicy_Backoff_WaitsGrowUpToTheLongest(bool replays)
    {
        var times = new List<DateTimeOffset>();
        var script = new Script()
            .Main(async context =>
            {
                var policy = new RetryPolicy(5, Tick, backoffCoefficient: 3, maxRetryInterval: Tick * 5);
                await context.CallActivityAsync("First", TaskOptions.FromRetryPolicy(policy));
                return null;
            })
            .First<object>(_ =>
            {
                times.Add(TimeProvider.System.GetUtcNow());
                throw new InvalidOperationException("no");
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        await hub.RunMainAsync();

        Assert.Equal(5, times.Count);
        var waits = times.Zip(times.Skip(1), (earlier, later) => later - earlier).ToList();
        Assert.True(waits[0] >= Tick, $"{waits[0]}");
        Assert.True(waits[1] >= Tick * 3, $"{waits[1]}");
        Assert.True(waits[2] >= Tick * 5, $"{waits[2]}");

        // Without the limit the last waits would be 0.9 s and 2.7 s.
        Assert.True(waits[3] >= Tick * 5 && waits[3] < Tick * 27, $"{waits[3]}");
    }

    [Theory]
    [KeptAndReplayed]
    public async Task RetryPolicy_TimeoutHasPassed_NoFurtherAttempt(bool replays)
    {
        var calls = 0;
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync("First", TaskOptions.FromRetryPolicy(new RetryPolicy(100, Tick * 2, retryTimeout: Tick * 3)));
                return null;
            })
            .First<object>(_ => throw new InvalidOperationException($"{Interlocked.Increment(ref calls)}"));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunMainAsync()).RuntimeStatus);

        // The failures come at 0 and 0.2 s, before the time is over, and at 0.4 s at the earliest, when it is.
        Assert.InRange(calls, 2, 3);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task HandleFailure_SaysNo_ThatFailureIsNotRetried(bool replays)
    {
        var calls = 0;
        var asked = new List<string>();
        var script = new Script()
            .Main(async context =>
            {
                var policy = new RetryPolicy(10, Tick / 10)
                {
                    HandleFailure = failure =>
                    {
                        if (!context.IsReplaying)
                        {
                            asked.Add($"{failure.ErrorType}: {failure.ErrorMessage}");
                        }

                        return failure.IsCausedBy<IOException>();
                    },
                };
                await context.CallActivityAsync("First", TaskOptions.FromRetryPolicy(policy));
                return null;
            })
            .First<object>(_ => throw (Interlocked.Increment(ref calls) < 3 ? new FileNotFoundException("gone") : new NotSupportedException("wrong")));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var end = await hub.RunMainAsync();

        Assert.Equal(3, calls);
        Assert.Equal(["System.IO.FileNotFoundException: gone", "System.NotSupportedException: wrong"], asked.Distinct());
        Assert.Equal("System.NotSupportedException", end.FailureDetails!.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task HandleFailure_Throws_TheFailureOfTheActivityIsWhatIsSeen()
    {
        var calls = 0;
        var script = new Script()
            .Main(async context =>
            {
                var policy = new RetryPolicy(10, Tick / 10) { HandleFailure = _ => throw new NotSupportedException("the handler") };
                await context.CallActivityAsync("First", TaskOptions.FromRetryPolicy(policy));
                return null;
            })
            .First<object>(_ => throw new InvalidOperationException($"the activity, {Interlocked.Increment(ref calls)}"));
        await using var hub = await TestHub.StartAsync(storage, script);

        var end = await hub.RunMainAsync();

        Assert.EndsWith("the activity, 1", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task RetryHandler_Decides_AndMayWait(bool replays)
    {
        var calls = 0;
        var script = new Script()
            .Main(async context =>
            {
                var seen = new List<string>();
                var options = TaskOptions.FromRetryHandler(async retry =>
                {
                    seen.Add($"{retry.LastAttemptNumber} {retry.LastFailure.ErrorType} {retry.LastFailure.ErrorMessage}");
                    await retry.OrchestrationContext.CreateTimer(Tick, CancellationToken.None);
                    return retry.TotalRetryTime < TimeSpan.FromMinutes(1) && retry.LastAttemptNumber < 3;
                });
                try
                {
                    await context.CallActivityAsync("First", options);
                }
                catch (TaskFailedException exception)
                {
                    seen.Add(exception.FailureDetails.ErrorMessage);
                }

                return seen;
            })
            .First<object>(_ => throw new InvalidOperationException($"#{Interlocked.Increment(ref calls)}"));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(
            ["1 System.InvalidOperationException #1", "2 System.InvalidOperationException #2", "3 System.InvalidOperationException #3", "#3"],
            await hub.OutputOfMainAsync<List<string>>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task RetryPolicy_OfASubOrchestration_RunsItAnew(bool replays)
    {
        var calls = 0;
        var script = new Script()
            .Main(async context => await context.CallSubOrchestratorAsync<string>("Child", TaskOptions.FromRetryPolicy(new RetryPolicy(4, Tick / 10))))
            .Child(async context =>
            {
                var attempt = await context.CallActivityAsync<int>("First");
                return attempt < 3 ? throw new InvalidOperationException("not yet") : $"at {attempt}";
            })
            .First<object>(_ => Interlocked.Increment(ref calls));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal("at 3", await hub.OutputOfMainAsync<string>());
        Assert.Equal(3, calls);
    }

    /// <summary>As microsoft/durabletask-dotnet's test TaskNotFoundErrorsAreNotRetried has it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RetryHandler_NoSuchFunction_FailsAtOnceAndNamesIt(bool activity)
    {
        var asked = 0;
        var script = new Script().Main(async context =>
        {
            var options = TaskOptions.FromRetryHandler(_ => ++asked < 5);
            await (activity ? context.CallActivityAsync("Nobody", options) : context.CallSubOrchestratorAsync("Nobody", options));
            return null;
        });
        await using var hub = await TestHub.StartAsync(storage, script);

        var end = await hub.RunMainAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("Nobody", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task RetryPolicy_ProcessEndsDuringTheWait_TheNextOneGoesOnWhereItWas()
    {
        var calls = 0;
        var script = new Script()
            .Main(async context => await context.CallActivityAsync<int>("First", TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromHours(2)))))
            .First<object>(_ => Interlocked.Increment(ref calls) == 1 ? throw new InvalidOperationException("once") : calls);
        string name, instance;
        await using (var hub = await TestHub.StartAsync(storage, script))
        {
            name = hub.Name;
            instance = await hub.StartMainAsync();
            await hub.UntilAsync(instance, state => Volatile.Read(ref calls) == 1 && state.IsRunning);
        }

        await using var later = await TestHub.StartAsync(storage, script, new HubOptions { Name = name, Time = new ShiftedTime(TimeSpan.FromHours(3)) });

        Assert.Equal(2, await later.OutputOfAsync<int>(instance));
    }
}

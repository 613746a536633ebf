using System.Runtime.CompilerServices;
using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>What ordinary C# an orchestrator may be written in.</summary>
public sealed class LegalCodeTests(StorageAccount storage)
{
    [Theory]
    [KeptAndReplayed]
    public async Task AsyncHelpersLoopsAndLinq_Work(bool replays)
    {
        static async Task<int> DoubledAsync(TaskOrchestrationContext context, int value) => 2 * await context.CallActivityAsync<int>("First", value);

        static async Task<int> SumAsync(TaskOrchestrationContext context, IEnumerable<int> values)
        {
            var sum = 0;
            foreach (var value in values)
            {
                sum += await DoubledAsync(context, value);
            }

            return sum;
        }

        static async ValueTask<int> ValueAsync(TaskOrchestrationContext context) => await SumAsync(context, [1, 2]);

        var script = new Script()
            .Main(async context =>
            {
                var sums = await Task.WhenAll(Enumerable.Range(1, 3).Select(count => SumAsync(context, Enumerable.Range(1, count))).ToArray());
                return sums.Append(await ValueAsync(context));
            })
            .First<int>(value => value);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal([2, 6, 12, 6], await hub.OutputOfMainAsync<List<int>>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CompletedTasks_AreAwaitedAtOnce(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var value = await Task.FromResult(1) + await new ValueTask<int>(2);
                await Task.CompletedTask;
                var called = context.CallActivityAsync<int>("First", value);
                await called;
                var thrown = await Record.ExceptionAsync(() => Task.FromException(new InvalidOperationException("kept")));
                return $"{await called} {await called} {thrown!.Message}";
            })
            .First<int>(value => value);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal("3 3 kept", await hub.OutputOfMainAsync<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task ConfigureAwaitTrue_ChangesNothing(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var one = await context.CallActivityAsync<int>("First", 1).ConfigureAwait(true);
                await context.CallActivityAsync("First", 2).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
                return one + await context.CallActivityAsync<int>("First", 3);
            })
            .First<int>(value => value);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(4, await hub.OutputOfMainAsync<int>());
    }

    /// <summary>It comes back by the synchronization context, which is the orchestrator's own.</summary>
    [Theory]
    [KeptAndReplayed]
    public async Task TaskYield_StaysOnTheOrchestratorsThread(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                await Task.Yield();
                var one = await context.CallActivityAsync<int>("First", 1);
                await Task.Yield();
                return one + await context.CallActivityAsync<int>("First", 2);
            })
            .First<int>(value => value);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(3, await hub.OutputOfMainAsync<int>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task TryCatchFinallyAndUsing_RunInOrderAndEachOnce(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var log = new List<string>();
                try
                {
                    await using var resource = new Resource(async () => log.Add(await context.CallActivityAsync<string>("First", "disposed")));
                    try
                    {
                        await context.CallActivityAsync("Second");
                    }
                    catch (TaskFailedException) when (log.Count == 0)
                    {
                        log.Add(await context.CallActivityAsync<string>("First", "caught"));
                        throw;
                    }
                    finally
                    {
                        log.Add(await context.CallActivityAsync<string>("First", "finally"));
                    }
                }
                catch (TaskFailedException exception)
                {
                    log.Add(exception.FailureDetails.ErrorMessage);
                }

                return log;
            })
            .First<string>(text => text)
            .Second<object>(_ => throw new InvalidOperationException("no"));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(["caught", "finally", "disposed", "no"], await hub.OutputOfMainAsync<List<string>>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task AsyncIterators_Work(bool replays)
    {
        static async IAsyncEnumerable<int> PagesAsync(TaskOrchestrationContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var page = 0; page < 4; page++)
            {
                yield return await context.CallActivityAsync<int>("First", page);
            }
        }

        var script = new Script()
            .Main(async context =>
            {
                var sum = 0;
                await foreach (var page in PagesAsync(context))
                {
                    sum += page;
                }

                return sum;
            })
            .First<int>(page => page * 10);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(60, await hub.OutputOfMainAsync<int>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task OwnCompletionSource_CompletedByTheOrchestratorItself_IsFine(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var ready = new TaskCompletionSource<int>();
                async Task ProduceAsync() => ready.SetResult(await context.CallActivityAsync<int>("First", 5));
                var producer = ProduceAsync();
                var result = await ready.Task;
                await producer;
                return result;
            })
            .First<int>(value => value + 1);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(6, await hub.OutputOfMainAsync<int>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task BoundedParallelism_WhenAnyInALoop_RunsThemAll(bool replays)
    {
        var (running, most) = (0, 0);
        var script = new Script()
            .Main(async context =>
            {
                var waiting = new Queue<int>(Enumerable.Range(0, 20));
                var flying = new List<Task<int>>();
                var sum = 0;
                while (waiting.Count > 0 || flying.Count > 0)
                {
                    while (flying.Count < 4 && waiting.TryDequeue(out var next))
                    {
                        flying.Add(context.CallActivityAsync<int>("First", next));
                    }

                    var ended = await Task.WhenAny(flying);
                    flying.Remove(ended);
                    sum += await ended;
                }

                return sum;
            })
            .FirstAsync<int>(async value =>
            {
                var now = Interlocked.Increment(ref running);
                most = Math.Max(most, now);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return value;
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(190, await hub.OutputOfMainAsync<int>());
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task Orchestrator_ThatNeverAwaits_Completes()
    {
        var script = new Script().Main(context => Task.FromResult<object?>(context.GetInput<int>() + 1));
        await using var hub = await TestHub.StartAsync(storage, script);

        Assert.Equal(8, await hub.OutputOfMainAsync<int>(7));
    }

    [Fact]
    public async Task Orchestrator_ThatReturnsNull_CompletesWithoutOutput()
    {
        var script = new Script()
            .Main(async context =>
            {
                Assert.Null(await context.CallActivityAsync<string>("First"));
                Assert.Equal(0, await context.CallActivityAsync<int>("First"));
                return null;
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script);

        Assert.Null(await hub.OutputOfMainAsync<string>());
    }

    private sealed class Resource(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }
}

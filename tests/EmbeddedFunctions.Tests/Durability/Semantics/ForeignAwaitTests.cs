using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>
/// durable-functions-code-constraints, "Async APIs" and "Threading APIs": an orchestrator that leaves its thread would hang for ever. It fails instead, and
/// the failure says what is wrong.
/// </summary>
public sealed class ForeignAwaitTests(StorageAccount storage)
{
    private static Dictionary<string, Func<TaskOrchestrationContext, Task>> Bodies { get; } = new()
    {
        ["Task.Run"] = async context =>
        {
            await Task.Run(() => Task.Delay(TimeSpan.FromMilliseconds(20)));
            await context.CallActivityAsync("First");
        },
        ["Task.Run as the last await"] = async _ => await Task.Run(() => Task.Delay(TimeSpan.FromMilliseconds(20))),
        ["Task.Delay"] = async context =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
            await context.CallActivityAsync("First");
        },
        ["Task.Delay as the last await"] = async _ => await Task.Delay(TimeSpan.FromMilliseconds(20)),
        ["Task.Delay for ever"] = async _ => await Task.Delay(Timeout.InfiniteTimeSpan),
        ["ConfigureAwait(false)"] = async context =>
        {
            await context.CallActivityAsync("First").ConfigureAwait(false);
            await context.CallActivityAsync("First");
        },
        ["ConfigureAwait(false) before Task.Delay"] = async context =>
        {
            await context.CallActivityAsync("First").ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        },
        ["a task completion source of another thread"] = async _ =>
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var timer = new Timer(_ => source.TrySetResult(), null, TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
            await source.Task;
        },
        ["a task that nobody completes"] = async _ => await new TaskCompletionSource().Task,
        ["WhenAny with Task.Delay"] = async context =>
            await Task.WhenAny(context.WaitForExternalEvent<string>("never"), Task.Delay(TimeSpan.FromMilliseconds(20))),
        ["a semaphore"] = async _ =>
        {
            using var semaphore = new SemaphoreSlim(0);
            await semaphore.WaitAsync(TimeSpan.FromMilliseconds(20));
        },
    };

    // After the bodies, because static members are initialised in the order in which they are written.
    public static TheoryData<string, bool> Cases { get; } = new(
        from name in Bodies.Keys
        from afterAStep in new[] { false, true }
        select new TheoryDataRow<string, bool>(name, afterAStep));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Await_OfWhatIsNotOfTheContext_FailsInsteadOfHanging(string body, bool afterAStep)
    {
        var script = new Script()
            .Main(async context =>
            {
                if (afterAStep)
                {
                    await context.CallActivityAsync("Second");
                }

                await Bodies[body](context);
                return "not noticed";
            })
            .First<object>(_ => null)
            .Second<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays: afterAStep));

        var end = await hub.RunMainAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("await", end.FailureDetails!.ErrorMessage, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ForeignAwait_InOneInstance_LeavesTheOthersAlone()
    {
        var script = new Script()
            .Main(async _ =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
                return null;
            })
            .Child(async context => await context.CallActivityAsync<string>("First"))
            .First<object>(_ => "fine");
        await using var hub = await TestHub.StartAsync(storage, script);

        var bad = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => hub.StartMainAsync()));
        var good = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => hub.Client.ScheduleNewOrchestrationInstanceAsync("Child", hub.Bound)));

        Assert.All(await Task.WhenAll(good.Select(hub.OutputOfAsync<string>)), output => Assert.Equal("fine", output));
        Assert.All(await Task.WhenAll(bad.Select(hub.EndOfAsync)), end => Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus));
    }

    [Fact]
    public async Task UseOfTheContext_FromAnotherThread_Throws()
    {
        var seen = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script()
            .Main(context =>
            {
                var thread = new Thread(() => seen.SetResult(Record.Exception(() => { _ = context.CallActivityAsync("First"); })));
                thread.Start();
                thread.Join();
                return Task.FromResult<object?>("done");
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script);

        await hub.RunMainAsync();

        Assert.IsType<InvalidOperationException>(await seen.Task);
    }
}

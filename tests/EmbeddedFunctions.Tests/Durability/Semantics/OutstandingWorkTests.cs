using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>
/// Calls that nobody awaits. An instance ends when all of them have (Azure/durabletask's TaskOrchestrationExecutor: it completes or fails once there are no
/// open tasks); a wait for an event is no call.
/// </summary>
public sealed class OutstandingWorkTests(StorageAccount storage)
{
    [Theory]
    [InlineData("returns", false)]
    [InlineData("returns", true)]
    [InlineData("throws", false)]
    [InlineData("throws", true)]
    [InlineData("continues", false)]
    [InlineData("continues", true)]
    public async Task Activity_NotAwaited_TheInstanceEndsAfterIt(string how, bool replays)
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script()
            .Main(async context =>
            {
                if (context.GetInput<string>() == "second")
                {
                    return "second";
                }

                _ = context.CallActivityAsync("First");
                await context.CallActivityAsync("Second");
                context.SetCustomStatus("at its end");
                if (how == "continues")
                {
                    context.ContinueAsNew("second");
                }

                return how == "throws" ? throw new InvalidOperationException("no") : "first";
            })
            .FirstAsync<object>(async _ =>
            {
                running.SetResult();
                await release.Task;
                return null;
            })
            .Second<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync("start");
        await running.Task.WaitAsync(hub.Bound);
        Assert.True((await hub.UntilStatusAsync(instance, "at its end")).IsRunning);
        release.SetResult();
        var end = await hub.EndOfAsync(instance);

        Assert.Equal(how == "throws" ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(how switch { "returns" => "first", "continues" => "second", _ => null }, end.ReadOutputAs<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task Activity_NotAwaitedAndFails_IsNobodysFailure(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                _ = context.CallActivityAsync("First");
                await context.CallActivityAsync("Second");
                return "fine";
            })
            .First<object>(_ => throw new InvalidOperationException("no"))
            .Second<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal("fine", await hub.OutputOfMainAsync<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task Event_NotAwaited_DoesNotHoldTheInstance(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                _ = context.WaitForExternalEvent<string>("never");
                await context.CallActivityAsync("First");
                return "done";
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal("done", await hub.OutputOfMainAsync<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task SubOrchestration_NotAwaited_TheParentEndsAfterIt(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                _ = context.CallSubOrchestratorAsync("Child", new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child"));
                await context.CallActivityAsync("First");
                context.SetCustomStatus("at its end");
                return "parent";
            })
            .Child(async context => await context.WaitForExternalEvent<string>("go"))
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        Assert.True((await hub.UntilStatusAsync(instance, "at its end")).IsRunning);
        await hub.RaiseAsync($"{instance}-child", "go");

        Assert.Equal("parent", await hub.OutputOfAsync<string>(instance));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.GetAsync($"{instance}-child")).RuntimeStatus);
    }
}

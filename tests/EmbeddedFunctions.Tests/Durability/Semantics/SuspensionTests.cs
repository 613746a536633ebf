using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-instance-management, "Suspend and resume instances".</summary>
public sealed class SuspensionTests(StorageAccount storage)
{
    [Theory]
    [KeptAndReplayed]
    public async Task Suspend_EventsAndTimersComeMeanwhile_AreTakenInOrderAfterResume(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                context.SetCustomStatus("waiting");
                var timer = context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
                var seen = new List<string>();
                while (seen.Count < 3)
                {
                    seen.Add(await context.WaitForExternalEvent<string>("item"));
                    await context.CallActivityAsync("First");
                }

                await timer;
                return seen;
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "waiting");
        await hub.Client.SuspendInstanceAsync(instance, "a break", hub.Bound);
        await hub.UntilAsync(instance, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        foreach (var item in new[] { "one", "two", "three" })
        {
            await hub.RaiseAsync(instance, "item", item);
        }

        // Another instance runs from start to end, so the events had their chance.
        await hub.Client.WaitForInstanceStartAsync(await hub.StartMainAsync(), hub.Bound);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.GetAsync(instance)).RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(instance, "back", hub.Bound);

        Assert.Equal(["one", "two", "three"], await hub.OutputOfAsync<List<string>>(instance));
    }

    [Fact]
    public async Task Suspend_ActivityEndsMeanwhile_ItsResultIsThereAfterResume()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script()
            .Main(async context => await context.CallActivityAsync<string>("First"))
            .FirstAsync<object>(async _ =>
            {
                running.SetResult();
                await release.Task;
                return "kept";
            });
        await using var hub = await TestHub.StartAsync(storage, script);

        var instance = await hub.StartMainAsync();
        await running.Task.WaitAsync(hub.Bound);
        await hub.Client.SuspendInstanceAsync(instance, cancellation: hub.Bound);
        await hub.UntilAsync(instance, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        release.SetResult();
        await hub.Client.ResumeInstanceAsync(instance, cancellation: hub.Bound);

        Assert.Equal("kept", await hub.OutputOfAsync<string>(instance));
    }

    [Fact]
    public async Task Suspend_ThenTerminate_Ends()
    {
        var script = new Script().Main(async context => await context.WaitForExternalEvent<string>("never"));
        await using var hub = await TestHub.StartAsync(storage, script);

        var instance = await hub.StartMainAsync();
        await hub.Client.WaitForInstanceStartAsync(instance, hub.Bound);
        await hub.Client.SuspendInstanceAsync(instance, cancellation: hub.Bound);
        await hub.UntilAsync(instance, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        await hub.Client.TerminateInstanceAsync(instance, hub.Bound);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndOfAsync(instance)).RuntimeStatus);
    }

    [Fact]
    public async Task SuspendAndResume_NotApplicable_ChangesNothing()
    {
        var script = new Script().Main(async context => context.GetInput<string>() ?? await context.WaitForExternalEvent<string>("go"));
        await using var hub = await TestHub.StartAsync(storage, script);
        var completed = await hub.RunMainAsync("done");
        var running = await hub.StartMainAsync();
        await hub.Client.WaitForInstanceStartAsync(running, hub.Bound);

        await hub.Client.SuspendInstanceAsync(completed.InstanceId, cancellation: hub.Bound);
        await hub.Client.ResumeInstanceAsync(running, cancellation: hub.Bound);
        await hub.RaiseAsync(running, "go", "went on");

        Assert.Equal("went on", await hub.OutputOfAsync<string>(running));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.GetAsync(completed.InstanceId)).RuntimeStatus);
    }

    [Fact]
    public async Task Suspend_ProcessEnds_IsStillSuspendedInTheNext()
    {
        var script = new Script().Main(async context => await context.WaitForExternalEvent<string>("go"));
        string name, instance;
        await using (var hub = await TestHub.StartAsync(storage, script))
        {
            name = hub.Name;
            instance = await hub.StartMainAsync();
            await hub.Client.WaitForInstanceStartAsync(instance, hub.Bound);
            await hub.Client.SuspendInstanceAsync(instance, cancellation: hub.Bound);
            await hub.UntilAsync(instance, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
            await hub.RaiseAsync(instance, "go", "on");
        }

        await using var next = await TestHub.StartAsync(storage, script, new HubOptions { Name = name });
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await next.GetAsync(instance)).RuntimeStatus);
        await next.Client.ResumeInstanceAsync(instance, cancellation: next.Bound);

        Assert.Equal("on", await next.OutputOfAsync<string>(instance));
    }
}

using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-instance-management, "Terminate instances", and what DurableTaskClient's documentation adds.</summary>
public sealed class TerminationTests(StorageAccount storage)
{
    [Theory]
    [KeptAndReplayed]
    public async Task Terminate_Waiting_EndsWithTheGivenOutputAndWithoutRunningCode(bool replays)
    {
        var cleanedUp = 0;
        var script = new Script().Main(async context =>
        {
            context.SetCustomStatus("waiting");
            try
            {
                await context.WaitForExternalEvent<string>("never");
                return "raised";
            }
            finally
            {
                Interlocked.Increment(ref cleanedUp);
            }
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "waiting");
        await hub.Client.TerminateInstanceAsync(instance, (object)"enough", hub.Bound);
        var end = await hub.EndOfAsync(instance);
        await hub.RaiseAsync(instance, "never");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.True(end.IsCompleted);
        Assert.Equal("enough", end.ReadOutputAs<string>());
        Assert.Equal("waiting", end.ReadCustomStatusAs<string>());
        Assert.Equal(0, cleanedUp);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task Terminate_ActivityRuns_ItGoesOnAndItsResultIsDropped(bool replays)
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script()
            .Main(async context => await context.CallActivityAsync<string>("First"))
            .FirstAsync<object>(async _ =>
            {
                running.SetResult();
                await release.Task;
                ended.SetResult();
                return "too late";
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await running.Task.WaitAsync(hub.Bound);
        await hub.Client.TerminateInstanceAsync(instance, hub.Bound);
        var end = await hub.EndOfAsync(instance);
        release.SetResult();
        await ended.Task.WaitAsync(hub.Bound);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Null(end.SerializedOutput);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.GetAsync(instance)).RuntimeStatus);
    }

    [Fact]
    public async Task Terminate_Pending_NeverRuns()
    {
        var ran = 0;
        var script = new Script().Main(_ => Task.FromResult<object?>(Interlocked.Increment(ref ran)));
        await using var hub = await TestHub.StartAsync(storage, script);

        var instance = await hub.StartMainAsync(null, new StartOrchestrationOptions(StartAt: TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)));
        await hub.Client.TerminateInstanceAsync(instance, (object)"never mind", hub.Bound);
        var end = await hub.EndOfAsync(instance);

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "never mind"), (end.RuntimeStatus, end.ReadOutputAs<string>()));
        Assert.Equal(0, ran);
    }

    /// <summary>"Attempting to terminate a completed or non-existent orchestration instance will fail silently."</summary>
    [Fact]
    public async Task Terminate_CompletedOrUnknown_ChangesNothing()
    {
        var script = new Script().Main(_ => Task.FromResult<object?>("done"));
        await using var hub = await TestHub.StartAsync(storage, script);
        var completed = await hub.RunMainAsync();

        await hub.Client.TerminateInstanceAsync(completed.InstanceId, (object)"late", hub.Bound);
        await hub.Client.TerminateInstanceAsync("nobody", hub.Bound);
        await hub.RunMainAsync();

        var after = await hub.GetAsync(completed.InstanceId);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "done"), (after.RuntimeStatus, after.ReadOutputAs<string>()));
        Assert.Null(await hub.Client.GetInstanceAsync("nobody", hub.Bound));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Terminate_Parent_ChildrenGoOnlyWhenAsked(bool recursive)
    {
        var script = new Script()
            .Main(async context =>
            {
                context.SetCustomStatus("waiting");
                return await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child"));
            })
            .Child(async context =>
            {
                context.SetCustomStatus("waiting");
                return await context.WaitForExternalEvent<string>("go");
            });
        await using var hub = await TestHub.StartAsync(storage, script);

        var instance = await hub.StartMainAsync();
        var child = $"{instance}-child";
        await hub.UntilStatusAsync(instance, "waiting");
        await hub.Client.WaitForInstanceStartAsync(child, hub.Bound);
        await hub.Client.TerminateInstanceAsync(instance, new TerminateInstanceOptions("stop", recursive), hub.Bound);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndOfAsync(instance)).RuntimeStatus);
        if (!recursive)
        {
            await hub.RaiseAsync(child, "go", "on");
        }

        Assert.Equal(recursive ? OrchestrationRuntimeStatus.Terminated : OrchestrationRuntimeStatus.Completed, (await hub.EndOfAsync(child)).RuntimeStatus);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task Terminate_Child_TheParentSeesAFailure(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child"));
                }
                catch (TaskFailedException exception)
                {
                    return $"{exception.TaskName} failed";
                }
            })
            .Child(async context =>
            {
                context.SetCustomStatus("waiting");
                return await context.WaitForExternalEvent<string>("go");
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.Client.WaitForInstanceStartAsync($"{instance}-child", hub.Bound);
        await hub.Client.TerminateInstanceAsync($"{instance}-child", hub.Bound);

        Assert.Equal("Child failed", await hub.OutputOfAsync<string>(instance));
    }
}

using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-sub-orchestrations.</summary>
public sealed class SubOrchestrationTests(StorageAccount storage)
{
    [Theory]
    [KeptAndReplayed]
    public async Task CallSubOrchestrator_ThreeLevels_ResultsComeBackAndParentsAreKnown(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var below = await context.CallSubOrchestratorAsync<string>("Child", "a");
                return $"{below} {context.Parent is null}";
            })
            .Child(async context =>
            {
                var below = await context.CallSubOrchestratorAsync<string>("Grandchild", $"{context.GetInput<string>()}b");
                return $"{below} {context.Parent!.Name}";
            })
            .Grandchild(async context => $"{await context.CallActivityAsync<string>("First", context.GetInput<string>())} {context.Parent!.Name}")
            .First<string>(text => text!.ToUpperInvariant());
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal("AB Child Main True", await hub.OutputOfMainAsync<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CallSubOrchestrator_GivenId_IsAnInstanceOfThatId(bool replays)
    {
        var script = new Script()
            .Main(async context => await context.CallSubOrchestratorAsync<string>("Child", 5, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:child")))
            .Child(context => Task.FromResult<object?>($"{context.InstanceId}|{context.Parent!.InstanceId}|{context.GetInput<int>()}"));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();

        Assert.Equal($"{instance}:child|{instance}|5", await hub.OutputOfAsync<string>(instance));
        var child = await hub.GetAsync($"{instance}:child");
        Assert.Equal(("Child", OrchestrationRuntimeStatus.Completed, 5), (child.Name, child.RuntimeStatus, child.ReadInputAs<int>()));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CallSubOrchestrator_NoId_EachChildHasOneOfItsOwnThatStays(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => context.CallSubOrchestratorAsync<string>("Child")).ToList());
                await context.CallActivityAsync("First");
                return ids.Append(await context.CallSubOrchestratorAsync<string>("Child"));
            })
            .Child(context => Task.FromResult<object?>(context.InstanceId))
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var ids = await hub.OutputOfMainAsync<List<string>>();

        Assert.Equal(6, ids!.Distinct().Count());
        foreach (var id in ids!)
        {
            Assert.Equal(id, (await hub.GetAsync(id)).ReadOutputAs<string>());
        }
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CallSubOrchestrator_Fails_TheParentMayGoOn(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var id = $"{context.InstanceId}-child";
                try
                {
                    await context.CallSubOrchestratorAsync("Child", new SubOrchestrationOptions(instanceId: id));
                    return null;
                }
                catch (TaskFailedException exception)
                {
                    var failure = exception.FailureDetails;
                    return await context.CallActivityAsync<string>("First", $"{exception.TaskName}: {failure.ErrorType}: {failure.ErrorMessage} {failure.InnerFailure is null}");
                }
            })
            .Child(_ => throw new NotSupportedException("not here"))
            .First<string>(text => text);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var end = await hub.RunMainAsync();

        Assert.Equal("Child: System.NotSupportedException: not here True", end.ReadOutputAs<string>());
        var child = await hub.GetAsync($"{end.InstanceId}-child");
        Assert.Equal((OrchestrationRuntimeStatus.Failed, "not here"), (child.RuntimeStatus, child.FailureDetails!.ErrorMessage));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CallSubOrchestrator_Recursion_IsFine(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            var depth = context.GetInput<int>();
            return depth == 0 ? 1 : 1 + await context.CallSubOrchestratorAsync<int>("Main", depth - 1);
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(13, await hub.OutputOfMainAsync<int>(12));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CallSubOrchestrator_SameIdOneAfterTheOther_RunsTwice(bool replays)
    {
        var runs = 0;
        var script = new Script()
            .Main(async context =>
            {
                var options = new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child");
                return new[] { await context.CallSubOrchestratorAsync<int>("Child", options), await context.CallSubOrchestratorAsync<int>("Child", options) };
            })
            .Child(async context => await context.CallActivityAsync<int>("First"))
            .First<object>(_ => Interlocked.Increment(ref runs));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal([1, 2], await hub.OutputOfMainAsync<List<int>>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CallSubOrchestrator_ItsTimersAndEvents_AreItsOwn(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var child = context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child"));
                var own = context.WaitForExternalEvent<string>("word");
                context.SetCustomStatus("waiting");
                return $"{await own} {await child}";
            })
            .Child(async context =>
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                context.SetCustomStatus("waiting");
                return await context.WaitForExternalEvent<string>("word");
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "waiting");
        await hub.Client.WaitForInstanceStartAsync($"{instance}-child", hub.Bound);
        await hub.UntilStatusAsync($"{instance}-child", "waiting");
        await hub.RaiseAsync($"{instance}-child", "word", "below");
        await hub.RaiseAsync(instance, "word", "above");

        Assert.Equal("above below", await hub.OutputOfAsync<string>(instance));
    }
}

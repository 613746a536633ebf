using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-external-events, and microsoft/durabletask-dotnet's ExternalEventStackTests.</summary>
public sealed class EventTests(StorageAccount storage)
{
    private static readonly Func<TaskOrchestrationContext, Task<object?>> CollectsUntilStop = async context =>
    {
        var seen = new List<string>();
        context.SetCustomStatus("waiting");
        while (true)
        {
            var next = await context.WaitForExternalEvent<string>("item");
            if (next == "stop")
            {
                return seen;
            }

            seen.Add(next);
        }
    };

    [Theory]
    [KeptAndReplayed]
    public async Task WaitForExternalEvent_RaisedLater_GivesThePayload(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<Approval>("approval");
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "waiting");
        await hub.RaiseAsync(instance, "approval", new Approval("Ana", true));

        Assert.Equal(new Approval("Ana", true), await hub.OutputOfAsync<Approval>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WaitForExternalEvent_RaisedBefore_EventsAreKeptInOrder(bool replays)
    {
        var work = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync("First");
                var other = await context.WaitForExternalEvent<int>("other");
                var items = new List<int>();
                for (var index = 0; index < 5; index++)
                {
                    items.Add(await context.WaitForExternalEvent<int>("item"));
                }

                return items.Append(other);
            })
            .FirstAsync<object>(async _ =>
            {
                await work.Task;
                return null;
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.Client.WaitForInstanceStartAsync(instance, hub.Bound);
        for (var index = 0; index < 5; index++)
        {
            await hub.RaiseAsync(instance, "item", index);
        }

        await hub.RaiseAsync(instance, "other", 99);
        work.SetResult();

        Assert.Equal([0, 1, 2, 3, 4, 99], await hub.OutputOfAsync<List<int>>(instance));
    }

    [Fact]
    public async Task WaitForExternalEvent_RaisedWhilePending_IsThereAtTheStart()
    {
        var script = new Script().Main(async context => await context.WaitForExternalEvent<string>("early"));
        await using var hub = await TestHub.StartAsync(storage, script);

        var instance = await hub.StartMainAsync(null, new StartOrchestrationOptions(StartAt: TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1)));
        await hub.RaiseAsync(instance, "early", "bird");

        Assert.Equal("bird", await hub.OutputOfAsync<string>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WaitForExternalEvent_ManyInARow_NoneIsLostAndTheOrderIsKept(bool replays)
    {
        var script = new Script().Main(CollectsUntilStop);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        var items = Enumerable.Range(0, 60).Select(index => $"{index}").ToList();
        foreach (var item in items.Append("stop"))
        {
            await hub.RaiseAsync(instance, "item", item);
        }

        Assert.Equal(items, await hub.OutputOfAsync<List<string>>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WaitForExternalEvent_OtherCase_IsTheSameName(bool replays)
    {
        var script = new Script().Main(async context =>
            new[] { await context.WaitForExternalEvent<string>("Approval"), await context.WaitForExternalEvent<string>("APPROVAL") });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.RaiseAsync(instance, "approval", "one");
        await hub.RaiseAsync(instance, "aPPROVAL", "two");

        Assert.Equal(["one", "two"], await hub.OutputOfAsync<List<string>>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WaitForExternalEvent_SeveralWaitersOfOneName_TheLatestIsServedFirst(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            var waits = Enumerable.Range(0, 3).Select(_ => context.WaitForExternalEvent<int>("item")).ToList();
            context.SetCustomStatus("waiting");
            return await Task.WhenAll(waits);
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "waiting");
        for (var index = 0; index < 3; index++)
        {
            await hub.RaiseAsync(instance, "item", index);
        }

        Assert.Equal([2, 1, 0], await hub.OutputOfAsync<List<int>>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WaitForExternalEvent_EarlierWaiterCancelled_TheLaterOneIsServed(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            using var cancellation = new CancellationTokenSource();
            var abandoned = context.WaitForExternalEvent<string>("item", cancellation.Token);
            cancellation.Cancel();
            var thrown = await Record.ExceptionAsync(() => abandoned);
            return $"{thrown?.GetType().Name}, {await context.WaitForExternalEvent<string>("item")}";
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.RaiseAsync(instance, "item", "kept");

        Assert.Equal("TaskCanceledException, kept", await hub.OutputOfAsync<string>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WaitForExternalEvent_TimeoutPasses_ThrowsAndTheInstanceGoesOn(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<string>("item", TimeSpan.FromMilliseconds(200));
                }
                catch (TaskCanceledException)
                {
                    return await context.CallActivityAsync<string>("First");
                }
            })
            .First<object>(_ => "timed out");
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal("timed out", await hub.OutputOfMainAsync<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WaitForExternalEvent_RaisedBeforeTheTimeout_GivesThePayloadAtOnce(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("item", TimeSpan.FromDays(7));
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "waiting");
        await hub.RaiseAsync(instance, "item", "in time");

        Assert.Equal("in time", await hub.OutputOfAsync<string>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WaitForExternalEvent_SameNameOtherType_IsRefused(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            var number = context.WaitForExternalEvent<int>("item");
            var thrown = await Record.ExceptionAsync(() => context.WaitForExternalEvent<string>("Item", CancellationToken.None));
            return $"{thrown?.GetType().Name}, {await number}";
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.RaiseAsync(instance, "item", 5);

        Assert.Equal("ArgumentException, 5", await hub.OutputOfAsync<string>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task SendEvent_ToAnotherInstance_ArrivesOnce(bool replays)
    {
        var script = new Script()
            .Main(CollectsUntilStop)
            .Child(async context =>
            {
                var target = context.GetInput<string>()!;
                context.SendEvent(target, "item", "one");
                await context.CallActivityAsync("First");
                context.SendEvent(target, "ITEM", "two");
                context.SendEvent(target, "item", "stop");
                context.SendEvent("nobody", "item", "lost");
                return null;
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var receiver = await hub.StartMainAsync();
        var sender = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Child", receiver, hub.Bound);

        Assert.Equal(["one", "two"], await hub.OutputOfAsync<List<string>>(receiver));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.EndOfAsync(sender)).RuntimeStatus);
    }

    [Fact]
    public async Task RaiseEvent_UnknownOrCompletedInstance_IsDroppedWithoutAWord()
    {
        var script = new Script().Main(CollectsUntilStop);
        await using var hub = await TestHub.StartAsync(storage, script);
        await hub.RaiseAsync("later", "item", "lost");
        var completed = await hub.StartMainAsync();
        await hub.RaiseAsync(completed, "item", "stop");
        await hub.EndOfAsync(completed);

        await hub.RaiseAsync(completed, "item", "lost");
        Assert.Null(await hub.Client.GetInstanceAsync("later", hub.Bound));
        await hub.StartMainAsync(null, new StartOrchestrationOptions("later"));
        await hub.RaiseAsync("later", "item", "stop");

        Assert.Equal([], await hub.OutputOfAsync<List<string>>("later"));
        Assert.Equal([], await hub.OutputOfAsync<List<string>>(completed));
    }

    [Theory]
    [InlineData("", "item")]
    [InlineData("instance", "")]
    public async Task RaiseEvent_EmptyNames_AreRefused(string instance, string name)
    {
        await using var hub = await TestHub.StartAsync(storage, new Script());

        await Assert.ThrowsAnyAsync<ArgumentException>(() => hub.RaiseAsync(instance, name));
    }

    private sealed record Approval(string By, bool Approved);
}

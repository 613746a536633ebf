using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-eternal-orchestrations.</summary>
public sealed class ContinueAsNewTests(StorageAccount storage)
{
    [Theory]
    [KeptAndReplayed]
    public async Task ContinueAsNew_Loop_EachRunHasItsInputAndAHistoryOfItsOwn(bool replays)
    {
        var calls = 0;
        var script = new Script()
            .Main(async context =>
            {
                var round = context.GetInput<int>();
                var isFirstStep = context.CurrentUtcDateTime;
                await context.CallActivityAsync("First", round);
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                if (round < 10)
                {
                    context.ContinueAsNew(round + 1);
                }

                return $"{round} {isFirstStep <= context.CurrentUtcDateTime}";
            })
            .First<int>(_ => Interlocked.Increment(ref calls));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var end = await hub.RunMainAsync(0);

        Assert.Equal("10 True", end.ReadOutputAs<string>());
        Assert.Equal(10, end.ReadInputAs<int>());
        Assert.Equal(11, calls);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task ContinueAsNew_UnprocessedEvents_GoToTheNextRunOrAreDropped(bool replays, bool preserve)
    {
        var script = new Script().Main(async context =>
        {
            if (context.GetInput<string>() is null)
            {
                context.SetCustomStatus("first");
                await context.WaitForExternalEvent<string>("go");
                context.ContinueAsNew("second", preserve);
                return null;
            }

            context.SetCustomStatus("second");
            var seen = new List<string>();
            while (seen.Count == 0 || seen[^1] != "stop")
            {
                seen.Add(await context.WaitForExternalEvent<string>("item"));
            }

            return seen;
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "first");
        await hub.RaiseAsync(instance, "item", "one");
        await hub.RaiseAsync(instance, "item", "two");
        await hub.RaiseAsync(instance, "go");
        await hub.UntilStatusAsync(instance, "second");
        await hub.RaiseAsync(instance, "item", "stop");

        Assert.Equal(preserve ? ["one", "two", "stop"] : ["stop"], await hub.OutputOfAsync<List<string>>(instance));
    }

    /// <summary>As microsoft/durabletask-dotnet's test ContinueAsNewEventsArePreserved has it.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task ContinueAsNew_AtEveryEvent_NoEventIsLost(bool replays, bool timers)
    {
        const int Events = 25;
        var script = new Script().Main(async context =>
        {
            var seen = context.GetInput<List<int>>() ?? [];
            seen.Add(await context.WaitForExternalEvent<int>("item"));
            if (timers)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            }

            if (seen.Count < Events)
            {
                context.ContinueAsNew(seen);
            }

            return seen;
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        for (var index = 0; index < Events; index++)
        {
            await hub.RaiseAsync(instance, "item", index);
        }

        Assert.Equal(Enumerable.Range(0, Events), await hub.OutputOfAsync<List<int>>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task ContinueAsNew_ThenThrows_TheInstanceFails(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                context.ContinueAsNew("again");
                await context.CallActivityAsync("First");
                throw new InvalidOperationException("after all");
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var end = await hub.RunMainAsync("once");

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "after all"), (end.RuntimeStatus, end.FailureDetails!.ErrorMessage));
        Assert.Equal("once", end.ReadInputAs<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task ContinueAsNew_BeforeTheLastStep_TakesEffectWhenTheOrchestratorReturns(bool replays)
    {
        var log = new List<string>();
        var script = new Script()
            .Main(async context =>
            {
                var round = context.GetInput<int>();
                if (round == 0)
                {
                    context.ContinueAsNew(1);
                    context.ContinueAsNew(2);
                }

                await context.CallActivityAsync("First", $"round {round}");
                return round;
            })
            .First<string>(text =>
            {
                log.Add(text!);
                return null;
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(2, await hub.OutputOfMainAsync<int>(0));
        Assert.Equal(["round 0", "round 2"], log);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task ContinueAsNew_InASubOrchestration_TheParentGetsTheLastResult(bool replays)
    {
        var script = new Script()
            .Main(async context => await context.CallSubOrchestratorAsync<string>("Child", 0))
            .Child(async context =>
            {
                var round = context.GetInput<int>();
                await context.CallActivityAsync("First", round);
                if (round < 5)
                {
                    context.ContinueAsNew(round + 1);
                    return "too early";
                }

                return $"round {round} of {context.Parent!.Name}";
            })
            .First<int>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal("round 5 of Main", await hub.OutputOfMainAsync<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task ContinueAsNew_SameCallsInBothRuns_EachRunHasItsOwnResults(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var round = context.GetInput<int>();
                var guid = context.NewGuid();
                var call = context.CallActivityAsync<int>("First", round);
                var result = await call;
                if (round == 0)
                {
                    context.ContinueAsNew(1);
                    return null;
                }

                return new[] { result, guid == context.NewGuid() ? 0 : 1 };
            })
            .First<int>(round => round * 100);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal([100, 1], await hub.OutputOfMainAsync<List<int>>(0));
    }
}

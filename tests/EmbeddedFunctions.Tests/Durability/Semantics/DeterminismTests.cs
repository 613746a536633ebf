using EmbeddedFunctions.Tests.Storage;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-code-constraints, and microsoft/durabletask-dotnet's OrchestrationPatterns tests.</summary>
public sealed class DeterminismTests(StorageAccount storage)
{
    [Theory]
    [KeptAndReplayed]
    public async Task NewGuid_EveryReplay_GivesTheSameOnesAndNeverOneTwice(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var mine = new List<Guid>();
                var echoed = new List<Guid>();
                for (var step = 0; step < 4; step++)
                {
                    var (one, two) = (context.NewGuid(), context.NewGuid());
                    mine.AddRange([one, two]);
                    echoed.AddRange([await context.CallActivityAsync<Guid>("First", one), await context.CallActivityAsync<Guid>("First", two)]);
                }

                return new[] { mine, echoed };
            })
            .First<Guid>(guid => guid);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var one = await hub.OutputOfMainAsync<Guid[][]>();
        var two = await hub.OutputOfMainAsync<Guid[][]>();

        Assert.Equal(one[1], one[0]);
        Assert.Equal(16, one[0].Concat(two[0]).Distinct().Count());
        Assert.DoesNotContain(Guid.Empty, one[0]);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CurrentUtcDateTime_EveryReplay_GivesTheSameTimesThatMoveForwardAtSteps(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var before = context.CurrentUtcDateTime;
                var same = before == context.CurrentUtcDateTime && before.Kind == DateTimeKind.Utc;
                var echoed = await context.CallActivityAsync<DateTime>("First", before);
                var later = context.CurrentUtcDateTime;
                var echoedLater = await context.CallActivityAsync<DateTime>("First", later);
                return new[] { same, before == echoed, later == echoedLater, later > before, context.CurrentUtcDateTime >= later };
            })
            .First<DateTime>(time => time);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal([true, true, true, true, true], await hub.OutputOfMainAsync<List<bool>>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task ReplaySafeLogger_ManySteps_SaysEachThingOnce(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var logger = context.CreateReplaySafeLogger("Story");
                StoryLog.Said(logger, "begins");
                for (var step = 0; step < 5; step++)
                {
                    await context.CallActivityAsync("First");
                    StoryLog.Step(logger, step);
                }

                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                StoryLog.Said(logger, "ends");
                return null;
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        await hub.RunMainAsync();

        Assert.Equal(
            ["begins", "step 0", "step 1", "step 2", "step 3", "step 4", "ends"],
            hub.Logs.GetSnapshot().Where(record => record.Category == "Story").Select(record => record.Message));
    }

    /// <summary>With replays an orchestrator passes each step once for itself and once for each later step; without, once.</summary>
    [Theory]
    [KeptAndReplayed]
    public async Task IsReplaying_EveryPassOfAStep_IsFalseExactlyOnce(bool replays)
    {
        var passes = new List<(int Step, bool Replaying)>();
        var script = new Script()
            .Main(async context =>
            {
                for (var step = 0; step < 4; step++)
                {
                    passes.Add((step, context.IsReplaying));
                    await context.CallActivityAsync("First");
                }

                passes.Add((4, context.IsReplaying));
                return null;
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        await hub.RunMainAsync();

        Assert.Equal([0, 1, 2, 3, 4], passes.Where(pass => !pass.Replaying).Select(pass => pass.Step));
        if (replays)
        {
            Assert.Equal([4, 3, 2, 1], Enumerable.Range(0, 4).Select(step => passes.Count(pass => pass.Step == step && pass.Replaying)));
        }
    }

    [Theory]
    [KeptAndReplayed]
    public async Task GetInput_AnyTime_IsTheInputOfTheStart(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var before = context.GetInput<Order>();
                await context.CallActivityAsync("First");
                return new[] { before, context.GetInput<Order>() };
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));
        var order = new Order("tea", 3, [1.5m, 2m]);

        var seen = await hub.OutputOfMainAsync<List<Order>>(order);

        Assert.All(seen, one => Assert.Equivalent(order, one));
        Assert.Equal(2, seen.Count);
    }

    private sealed record Order(string Name, int Count, decimal[] Prices);
}

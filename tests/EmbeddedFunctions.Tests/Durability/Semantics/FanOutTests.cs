using EmbeddedFunctions.Tests.Storage;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-overview, "Fan-out/fan-in".</summary>
public sealed class FanOutTests(StorageAccount storage)
{
    [Theory]
    [InlineData(false, new[] { 0, 1, 2, 3 })]
    [InlineData(false, new[] { 3, 2, 1, 0 })]
    [InlineData(false, new[] { 2, 0, 3, 1 })]
    [InlineData(true, new[] { 0, 1, 2, 3 })]
    [InlineData(true, new[] { 3, 2, 1, 0 })]
    [InlineData(true, new[] { 2, 0, 3, 1 })]
    public async Task WhenAll_ActivitiesEndInAnyOrder_ResultsAreInTheOrderOfTheCalls(bool replays, int[] order)
    {
        var gates = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        var script = new Script()
            .Main(async context =>
            {
                var calls = Enumerable.Range(0, 4).Select(index => context.CallActivityAsync<int>("First", index)).ToList();
                var ended = new List<int>();
                while (ended.Count < calls.Count)
                {
                    var next = await Task.WhenAny(calls.Where((_, index) => !ended.Contains(index)));
                    ended.Add(calls.IndexOf(next));
                    context.SetCustomStatus(ended.Count);
                }

                return new Ended(await Task.WhenAll(calls), [.. ended]);
            })
            .FirstAsync<int>(async index =>
            {
                await gates[index].Task;
                return index * 10;
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        for (var step = 0; step < order.Length; step++)
        {
            gates[order[step]].SetResult();
            if (step + 1 < order.Length)
            {
                await hub.UntilStatusAsync(instance, step + 1);
            }
        }

        var result = await hub.OutputOfAsync<Ended>(instance);
        Assert.Equal([0, 10, 20, 30], result!.Results);
        Assert.Equal(order, result.Order);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WhenAll_OneFails_ThrowsWhenAllHaveEnded(bool replays)
    {
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script()
            .Main(async context =>
            {
                var fails = context.CallActivityAsync<int>("First");
                var slowly = context.CallActivityAsync<int>("Second");
                await Task.WhenAny(fails);
                context.SetCustomStatus("one has failed");
                try
                {
                    await Task.WhenAll(fails, slowly);
                    return "no failure";
                }
                catch (Exception exception)
                {
                    return $"{exception.GetType().Name}, {slowly.Result}";
                }
            })
            .First<object>(_ => throw new InvalidOperationException("no"))
            .SecondAsync<object>(async _ =>
            {
                await slow.Task;
                return 7;
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        var waiting = await hub.UntilStatusAsync(instance, "one has failed");
        Assert.True(waiting.IsRunning);
        slow.SetResult();

        Assert.Equal("TaskFailedException, 7", await hub.OutputOfAsync<string>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WhenAny_ResultsInTurn_FirstOneWinsAndTheOthersAreStillThere(bool replays)
    {
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script()
            .Main(async context =>
            {
                var slowly = context.CallActivityAsync<string>("First");
                var quickly = context.CallActivityAsync<string>("Second");
                var winner = await await Task.WhenAny(slowly, quickly);
                context.SetCustomStatus(winner);
                return new[] { winner, await slowly };
            })
            .FirstAsync<object>(async _ =>
            {
                await slow.Task;
                return "slow";
            })
            .Second<object>(_ => "quick");
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "quick");
        slow.SetResult();

        Assert.Equal(["quick", "slow"], await hub.OutputOfAsync<List<string>>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WhenAll_ManyActivitiesAndChildren_AllResultsAreThere(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var activities = Enumerable.Range(0, 60).Select(index => context.CallActivityAsync<int>("First", index));
                var children = Enumerable.Range(0, 20).Select(index => context.CallSubOrchestratorAsync<int>("Child", index));
                return await Task.WhenAll(activities.Concat(children).ToList());
            })
            .Child(async context => await context.CallActivityAsync<int>("First", context.GetInput<int>()))
            .First<int>(index => index + 1);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(Enumerable.Range(1, 60).Concat(Enumerable.Range(1, 20)), await hub.OutputOfMainAsync<List<int>>());
    }

    [Fact]
    public async Task CallActivity_LongChain_EachResultGoesIntoTheNextCall()
    {
        var script = new Script()
            .Main(async context =>
            {
                var value = context.GetInput<int>();
                for (var step = 0; step < 100; step++)
                {
                    value = await context.CallActivityAsync<int>("First", value);
                }

                return value;
            })
            .First<int>(value => value + 1);
        await using var hub = await TestHub.StartAsync(storage, script);

        Assert.Equal(1100, await hub.OutputOfMainAsync<int>(1000));
    }

    private sealed record Ended(int[] Results, int[] Order);
}

using EmbeddedFunctions.Tests.Storage;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>Histories that are far longer than one table transaction (100 rows) or one page of a query (1,000 rows).</summary>
public sealed class LongHistoryTests(StorageAccount storage)
{
    [Theory]
    [KeptAndReplayed]
    public async Task FanOut_HundredsOfActivities_Completes(bool replays)
    {
        var script = new Script()
            .Main(async context => (await Task.WhenAll(Enumerable.Range(0, 700).Select(index => context.CallActivityAsync<int>("First", index)).ToList())).Sum())
            .First<int>(value => value);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(700 * 699 / 2, await hub.OutputOfMainAsync<int>());
    }

    [Fact]
    public async Task Steps_Hundreds_SurviveARestartInTheMiddle()
    {
        const int Steps = 400;
        var calls = new int[Steps];
        var script = new Script()
            .Main(async context =>
            {
                var sum = 0;
                for (var step = 0; step < Steps; step++)
                {
                    sum += await context.CallActivityAsync<int>("First", step);
                    if (step == Steps / 2)
                    {
                        context.SetCustomStatus("halfway");
                        await context.WaitForExternalEvent<string>("go");
                    }
                }

                return sum;
            })
            .First<int>(step =>
            {
                Interlocked.Increment(ref calls[step]);
                return step;
            });
        string name, instance;
        await using (var hub = await TestHub.StartAsync(storage, script))
        {
            (name, instance) = (hub.Name, await hub.StartMainAsync());
            await hub.UntilStatusAsync(instance, "halfway");
        }

        await using var next = await TestHub.StartAsync(storage, script, new HubOptions { Name = name });
        await next.RaiseAsync(instance, "go");

        Assert.Equal(Steps * (Steps - 1) / 2, await next.OutputOfAsync<int>(instance));
        Assert.All(calls, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Events_Hundreds_AreTakenInOrder()
    {
        const int Events = 300;
        var script = new Script().Main(async context =>
        {
            await context.WaitForExternalEvent<string>("go");
            var inOrder = true;
            for (var index = 0; index < Events; index++)
            {
                inOrder &= await context.WaitForExternalEvent<int>("item") == index;
            }

            return inOrder;
        });
        await using var hub = await TestHub.StartAsync(storage, script);

        var instance = await hub.StartMainAsync();
        for (var index = 0; index < Events; index++)
        {
            await hub.RaiseAsync(instance, "item", index);
        }

        await hub.RaiseAsync(instance, "go");

        Assert.True(await hub.OutputOfAsync<bool>(instance));
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync(instance, hub.Bound)).PurgedInstanceCount);
    }
}

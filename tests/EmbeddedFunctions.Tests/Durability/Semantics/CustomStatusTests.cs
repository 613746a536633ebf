using EmbeddedFunctions.Tests.Storage;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-custom-orchestration-status.</summary>
public sealed class CustomStatusTests(StorageAccount storage)
{
    [Theory]
    [KeptAndReplayed]
    public async Task SetCustomStatus_EachStep_IsVisibleWhileRunningAndStays(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            for (var step = 1; step <= 3; step++)
            {
                context.SetCustomStatus(new Progress("step", step));
                await context.WaitForExternalEvent<string>("next");
            }

            return "done";
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        for (var step = 1; step <= 3; step++)
        {
            Assert.True((await hub.UntilStatusAsync(instance, new Progress("step", step))).IsRunning);
            await hub.RaiseAsync(instance, "next");
        }

        Assert.Equal(new Progress("step", 3), (await hub.EndOfAsync(instance)).ReadCustomStatusAs<Progress>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task SetCustomStatus_Null_ClearsIt(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            context.SetCustomStatus("set");
            await context.WaitForExternalEvent<string>("next");
            context.SetCustomStatus(null);
            return null;
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "set");
        await hub.RaiseAsync(instance, "next");

        Assert.Null((await hub.EndOfAsync(instance)).SerializedCustomStatus);
    }

    [Theory]
    [InlineData("fails")]
    [InlineData("terminated")]
    public async Task SetCustomStatus_HoweverItEnds_TheLastOneStays(string end)
    {
        var script = new Script().Main(async context =>
        {
            context.SetCustomStatus("so far");
            await context.WaitForExternalEvent<string>("next");
            throw new InvalidOperationException("no");
        });
        await using var hub = await TestHub.StartAsync(storage, script);

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "so far");
        await (end == "fails" ? hub.RaiseAsync(instance, "next") : hub.Client.TerminateInstanceAsync(instance, hub.Bound));

        Assert.Equal("so far", (await hub.EndOfAsync(instance)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task SetCustomStatus_ProcessEnds_IsThereInTheNext()
    {
        var script = new Script().Main(async context =>
        {
            context.SetCustomStatus("so far");
            return await context.WaitForExternalEvent<string>("next");
        });
        string name, instance;
        await using (var hub = await TestHub.StartAsync(storage, script))
        {
            (name, instance) = (hub.Name, await hub.StartMainAsync());
            await hub.UntilStatusAsync(instance, "so far");
        }

        await using var next = await TestHub.StartAsync(storage, script, new HubOptions { Name = name });
        Assert.Equal("so far", (await next.GetAsync(instance)).ReadCustomStatusAs<string>());
        await next.RaiseAsync(instance, "next", "went on");

        Assert.Equal("went on", await next.OutputOfAsync<string>(instance));
    }

    private sealed record Progress(string Name, int Step);
}

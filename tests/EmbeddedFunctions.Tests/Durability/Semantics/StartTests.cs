using DurableTask.Core.Exceptions;
using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-instance-management, "Start instances", and durable-functions-singletons.</summary>
public sealed class StartTests(StorageAccount storage)
{
    [Fact]
    public async Task Schedule_NoId_MakesOnePerInstance()
    {
        var script = new Script().Main(context => Task.FromResult<object?>($"{context.Name} {context.InstanceId} {context.GetInput<string>() ?? "nothing"}"));
        await using var hub = await TestHub.StartAsync(storage, script);

        var one = await hub.StartMainAsync();
        var two = await hub.StartMainAsync("text");

        Assert.NotEqual(one, two);
        Assert.Equal($"Main {one} nothing", await hub.OutputOfAsync<string>(one));
        Assert.Equal($"Main {two} text", await hub.OutputOfAsync<string>(two));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("running")]
    [InlineData("suspended")]
    public async Task Schedule_IdHasNotEnded_Throws(string state)
    {
        var script = new Script().Main(async context => await context.WaitForExternalEvent<string>("go"));
        await using var hub = await TestHub.StartAsync(storage, script);
        var id = $"order-{state}";
        await hub.StartMainAsync("first", new StartOrchestrationOptions(id, state == "pending" ? TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1) : null));
        if (state != "pending")
        {
            await hub.Client.WaitForInstanceStartAsync(id, hub.Bound);
        }

        if (state == "suspended")
        {
            await hub.Client.SuspendInstanceAsync(id, cancellation: hub.Bound);
            await hub.UntilAsync(id, instance => instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        }

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.StartMainAsync("second", new StartOrchestrationOptions(id)));

        Assert.Equal("first", (await hub.GetAsync(id)).ReadInputAs<string>());
    }

    [Fact]
    public async Task Schedule_SameIdManyTimesAtOnce_OneIsStarted()
    {
        var runs = 0;
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync("First");
                return await context.WaitForExternalEvent<string>("go");
            })
            .First<object>(_ => Interlocked.Increment(ref runs));
        await using var hub = await TestHub.StartAsync(storage, script);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 10).Select(async index =>
            await Record.ExceptionAsync(() => hub.StartMainAsync(index, new StartOrchestrationOptions("only")))));
        await hub.RaiseAsync("only", "go", "on");

        Assert.Equal("on", await hub.OutputOfAsync<string>("only"));
        Assert.Single(attempts, attempt => attempt is null);
        Assert.All(attempts.Where(attempt => attempt is not null), attempt => Assert.IsType<OrchestrationAlreadyExistsException>(attempt));
        Assert.Equal(1, runs);
    }

    [Theory]
    [InlineData("completed", false)]
    [InlineData("failed", false)]
    [InlineData("terminated", false)]
    [InlineData("completed", true)]
    public async Task Schedule_IdHasEnded_StartsAnewWithNothingOfTheOldRun(string state, bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var input = context.GetInput<string>();
                var result = await context.CallActivityAsync<string>("First", input);
                if (input == "new")
                {
                    var leftOver = context.WaitForExternalEvent<string>("item", TimeSpan.FromMilliseconds(200));
                    return $"{result} {(await Task.WhenAny(leftOver)).Status}";
                }

                context.SetCustomStatus("old");
                return input switch
                {
                    "failed" => throw new InvalidOperationException("failed"),
                    "terminated" => await context.WaitForExternalEvent<string>("never"),
                    _ => result,
                };
            })
            .First<string>(input => $"{input} result");
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));
        await hub.StartMainAsync(state, new StartOrchestrationOptions("again"));
        if (state == "terminated")
        {
            await hub.UntilStatusAsync("again", "old");
            await hub.RaiseAsync("again", "item", "of the old run");
            await hub.Client.TerminateInstanceAsync("again", hub.Bound);
        }

        var old = await hub.EndOfAsync("again");
        await hub.RaiseAsync("again", "item", "of the old run");
        await hub.StartMainAsync("new", new StartOrchestrationOptions("again"));
        var end = await hub.EndOfAsync("again");

        Assert.Equal($"new result {TaskStatus.Canceled}", end.ReadOutputAs<string>());
        Assert.Equal("new", end.ReadInputAs<string>());
        Assert.Null(end.SerializedCustomStatus);
        Assert.Null(end.FailureDetails);
        Assert.True(end.CreatedAt > old.CreatedAt);
    }

    [Fact]
    public async Task Schedule_StartAt_IsPendingUntilThen()
    {
        var script = new Script().Main(context => Task.FromResult<object?>(context.CurrentUtcDateTime));
        await using var hub = await TestHub.StartAsync(storage, script);
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1.5);

        var instance = await hub.StartMainAsync(null, new StartOrchestrationOptions(StartAt: due));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.GetAsync(instance)).RuntimeStatus);
        Assert.True(await hub.OutputOfAsync<DateTime>(instance) >= due.UtcDateTime.AddMilliseconds(-1));
    }

    [Fact]
    public async Task Schedule_StartAtWhileNothingRan_StartsInTheNextProcess()
    {
        var script = new Script().Main(_ => Task.FromResult<object?>("ran"));
        string name, instance;
        await using (var hub = await TestHub.StartAsync(storage, script))
        {
            name = hub.Name;
            instance = await hub.StartMainAsync(null, new StartOrchestrationOptions(StartAt: TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1)));
        }

        await using var later = await TestHub.StartAsync(storage, script, new HubOptions { Name = name, Time = new ShiftedTime(TimeSpan.FromDays(1)) });

        Assert.Equal("ran", await later.OutputOfAsync<string>(instance));
    }

    [Fact]
    public async Task Schedule_UnknownOrchestrator_IsRefusedOrFailsAndNeverHangs()
    {
        await using var hub = await TestHub.StartAsync(storage, new Script());

        var message = await Record.ExceptionAsync(() => hub.Client.ScheduleNewOrchestrationInstanceAsync(ScriptFunctions.Unknown, hub.Bound)) is { } refused
            ? refused.Message
            : (await hub.EndOfAsync(await hub.Client.ScheduleNewOrchestrationInstanceAsync(ScriptFunctions.Unknown, hub.Bound))).FailureDetails!.ErrorMessage;

        Assert.Contains(ScriptFunctions.Unknown, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_NameInOtherCase_RunsIt()
    {
        var script = new Script().Main(_ => Task.FromResult<object?>("ran"));
        await using var hub = await TestHub.StartAsync(storage, script);

        Assert.Equal("ran", await hub.OutputOfAsync<string>(await hub.Client.ScheduleNewOrchestrationInstanceAsync("mAIN", hub.Bound)));
    }

    [Theory]
    [InlineData("with space and/slash\\backslash#hash?question")]
    [InlineData("zażółć-🎧")]
    [InlineData("UPPER")]
    [InlineData("a'quote\"s%25")]
    public async Task Schedule_OddId_IsAnIdLikeAnother(string id)
    {
        var script = new Script().Main(async context => await context.WaitForExternalEvent<string>("go"));
        await using var hub = await TestHub.StartAsync(storage, script);

        var refused = await Record.ExceptionAsync(() => hub.StartMainAsync(null, new StartOrchestrationOptions(id)));
        if (refused is null)
        {
            await hub.RaiseAsync(id, "go", id);
            Assert.Equal(id, await hub.OutputOfAsync<string>(id));
            Assert.Equal(id, (await hub.GetAsync(id)).InstanceId);
        }
        else
        {
            Assert.IsAssignableFrom<ArgumentException>(refused);
        }
    }
}

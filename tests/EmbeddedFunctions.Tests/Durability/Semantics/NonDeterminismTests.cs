using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>
/// Code that changed while an instance was waiting (durable-functions-versioning, "Breaking changes"): what it does now is not what its history has, so the
/// instance fails and says what was expected and what was found.
/// </summary>
public sealed class NonDeterminismTests(StorageAccount storage)
{
    private static readonly Func<TaskOrchestrationContext, Task<object?>> CallsFirst = context => AfterAsync(context, () => context.CallActivityAsync("First", "input"));

    private static readonly Func<TaskOrchestrationContext, Task<object?>> CallsChild = context => AfterAsync(context, () => context.CallSubOrchestratorAsync("Child"));

    private static readonly Func<TaskOrchestrationContext, Task<object?>> Sleeps =
        context => AfterAsync(context, () => context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None));

    private static readonly Func<TaskOrchestrationContext, Task<object?>> Sends = context => AfterAsync(context, () =>
    {
        context.SendEvent("nobody", "word", "payload");
        return Task.CompletedTask;
    });

    private static readonly Func<TaskOrchestrationContext, Task<object?>> DoesNothing = context => AfterAsync(context, () => Task.CompletedTask);

    [Fact]
    public Task Activity_OfAnotherName_NamesBoth() =>
        FailsAsync(CallsFirst, context => AfterAsync(context, () => context.CallActivityAsync("Second", "input")), "First", "Second");

    [Fact]
    public Task Activity_IsATimerNow_NamesBoth() => FailsAsync(CallsFirst, Sleeps, "First", "timer");

    [Fact]
    public Task Activity_IsASubOrchestrationNow_NamesBoth() => FailsAsync(CallsFirst, CallsChild, "First", "Child");

    [Fact]
    public Task Activity_IsNotCalledAnyMore_NamesTheMissingOne() => FailsAsync(CallsFirst, DoesNothing, "First");

    [Fact]
    public Task Timer_IsAnActivityNow_NamesBoth() => FailsAsync(Sleeps, CallsFirst, "timer", "First");

    [Fact]
    public Task Timer_IsNotThereAnyMore_NamesTheMissingOne() => FailsAsync(Sleeps, DoesNothing, "timer");

    [Fact]
    public Task SubOrchestration_OfAnotherName_NamesBoth() =>
        FailsAsync(CallsChild, context => AfterAsync(context, () => context.CallSubOrchestratorAsync("Grandchild")), "Child", "Grandchild");

    [Fact]
    public Task SubOrchestration_IsAnActivityNow_NamesBoth() => FailsAsync(CallsChild, CallsFirst, "Child", "First");

    [Fact]
    public Task SendEvent_IsAnActivityNow_NamesBoth() => FailsAsync(Sends, CallsFirst, "word", "First");

    [Fact]
    public Task SendEvent_OfAnotherName_NamesBoth() => FailsAsync(
        Sends,
        context => AfterAsync(context, () =>
        {
            context.SendEvent("nobody", "other", "payload");
            return Task.CompletedTask;
        }),
        "word",
        "other");

    [Fact]
    public Task Activity_OneMoreBeforeIt_NamesBoth() => FailsAsync(
        CallsFirst,
        context => AfterAsync(context, async () =>
        {
            await context.CallActivityAsync("Second");
            await context.CallActivityAsync("First", "input");
        }),
        "First",
        "Second");

    [Fact]
    public Task Activities_InOtherOrder_NamesBoth() => FailsAsync(
        context => AfterAsync(context, () => Task.WhenAll(context.CallActivityAsync("First"), context.CallActivityAsync("Second"))),
        context => AfterAsync(context, () => Task.WhenAll(context.CallActivityAsync("Second"), context.CallActivityAsync("First"))),
        "First",
        "Second");

    [Fact]
    public Task Orchestrator_ReturnsEarlierNow_NamesWhatIsMissing() =>
        FailsAsync(CallsFirst, _ => Task.FromResult<object?>("done already"), "First");

    [Fact]
    public async Task SameCode_OnlyInputsAndCommentsChanged_GoesOn()
    {
        // Neither the input of a call nor a new call after the point that history has reached is held against the code (the input is not compared).
        var (hub, instance) = await WaitAsync(CallsFirst);
        var changed = Scripted(context => AfterAsync(context, () => context.CallActivityAsync("FIRST", "other input"), () => context.CallActivityAsync("Second")));
        await using var next = await TestHub.StartAsync(storage, changed, new HubOptions { Name = hub });
        await next.RaiseAsync(instance, "go");

        Assert.Equal("done", await next.OutputOfAsync<string>(instance));
    }

    private async Task FailsAsync(
        Func<TaskOrchestrationContext, Task<object?>> before, Func<TaskOrchestrationContext, Task<object?>> after, params string[] named)
    {
        var (hub, instance) = await WaitAsync(before);
        await using var next = await TestHub.StartAsync(storage, Scripted(after), new HubOptions { Name = hub });
        await next.RaiseAsync(instance, "go");
        var end = await next.EndOfAsync(instance);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("NonDeterministic", end.FailureDetails!.ErrorType, StringComparison.Ordinal);
        Assert.All(named, name => Assert.Contains(name, end.FailureDetails.ErrorMessage, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<(string Hub, string Instance)> WaitAsync(Func<TaskOrchestrationContext, Task<object?>> body)
    {
        await using var hub = await TestHub.StartAsync(storage, Scripted(body));
        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "waiting");
        return (hub.Name, instance);
    }

    private static Script Scripted(Func<TaskOrchestrationContext, Task<object?>> body) => new Script()
        .Main(body)
        .Child(_ => Task.FromResult<object?>(null))
        .Grandchild(_ => Task.FromResult<object?>(null))
        .First<object>(_ => null)
        .Second<object>(_ => null);

    private static async Task<object?> AfterAsync(TaskOrchestrationContext context, Func<Task> step, Func<Task>? then = null)
    {
        await step();
        context.SetCustomStatus("waiting");
        await context.WaitForExternalEvent<string>("go");
        await (then?.Invoke() ?? Task.CompletedTask);
        return "done";
    }
}

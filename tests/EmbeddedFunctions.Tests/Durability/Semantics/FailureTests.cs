using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-error-handling, and microsoft/durabletask-dotnet's OrchestrationErrorHandling tests.</summary>
public sealed class FailureTests(StorageAccount storage)
{
    private const string TaskFailed = "Microsoft.DurableTask.TaskFailedException";

    [Theory]
    [KeptAndReplayed]
    public async Task CallActivity_Throws_TheOrchestratorSeesTypeMessageAndCauses(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync("Second");
                try
                {
                    await context.CallActivityAsync("First", "input");
                    return null;
                }
                catch (TaskFailedException exception)
                {
                    var failure = exception.FailureDetails;
                    return new[]
                    {
                        exception.TaskName, $"{exception.TaskId}", exception.Message, failure.ErrorType, failure.ErrorMessage, failure.InnerFailure!.ErrorType,
                        failure.InnerFailure.ErrorMessage, $"{failure.InnerFailure.InnerFailure is null}", $"{failure.IsCausedBy<FileNotFoundException>()}",
                        $"{failure.IsCausedBy<IOException>()}", $"{failure.IsCausedBy<ArgumentException>()}", $"{failure.InnerFailure.IsCausedBy<OddException>()}",
                        $"{failure.StackTrace!.Contains(nameof(ThrowNested), StringComparison.Ordinal)}",
                    };
                }
            })
            .First<object>(_ => ThrowNested())
            .Second<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(
            [
                "First", "1", "Task 'First' (#1) failed with an unhandled exception: outer", "System.IO.FileNotFoundException", "outer",
                typeof(OddException).FullName!, "inner", "True", "True", "True", "False", "True", "True",
            ],
            await hub.OutputOfMainAsync<List<string>>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CallActivity_ThrowsAndNobodyCatches_TheInstanceFailsWithTheDetails(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync("First");
                return null;
            })
            .First<object>(_ => ThrowNested());
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var end = await hub.RunMainAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        var failure = end.FailureDetails!;
        Assert.Equal(TaskFailed, failure.ErrorType);
        Assert.Equal("Task 'First' (#0) failed with an unhandled exception: outer", failure.ErrorMessage);
        Assert.Equal("System.IO.FileNotFoundException", failure.InnerFailure!.ErrorType);
        Assert.Equal("outer", failure.InnerFailure.ErrorMessage);
        Assert.Equal(typeof(OddException).FullName, failure.InnerFailure.InnerFailure!.ErrorType);
        Assert.True(failure.IsCausedBy<TaskFailedException>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CallSubOrchestrator_ItsActivityFails_BothLevelsAreInTheDetails(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                    return null;
                }
                catch (TaskFailedException exception)
                {
                    var child = exception.FailureDetails;
                    context.SetCustomStatus(new[]
                    {
                        exception.TaskName, child.ErrorType, child.ErrorMessage, child.InnerFailure!.ErrorType, child.InnerFailure.ErrorMessage,
                        child.InnerFailure.InnerFailure!.ErrorType, $"{child.IsCausedBy<TaskFailedException>()}", $"{child.InnerFailure.IsCausedBy<IOException>()}",
                    });
                    throw;
                }
            })
            .Child(async context =>
            {
                await context.CallActivityAsync("First");
                return null;
            })
            .First<object>(_ => ThrowNested());
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var end = await hub.RunMainAsync();

        const string ChildMessage = "Task 'First' (#0) failed with an unhandled exception: outer";
        Assert.Equal(
            ["Child", TaskFailed, ChildMessage, "System.IO.FileNotFoundException", "outer", typeof(OddException).FullName!, "True", "True"],
            end.ReadCustomStatusAs<List<string>>());
        var failure = end.FailureDetails!;
        Assert.Equal((TaskFailed, $"Task 'Child' (#0) failed with an unhandled exception: {ChildMessage}"), (failure.ErrorType, failure.ErrorMessage));
        Assert.Equal((TaskFailed, ChildMessage), (failure.InnerFailure!.ErrorType, failure.InnerFailure.ErrorMessage));
        Assert.Equal("System.IO.FileNotFoundException", failure.InnerFailure.InnerFailure!.ErrorType);
        Assert.Equal(typeof(OddException).FullName, failure.InnerFailure.InnerFailure.InnerFailure!.ErrorType);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task Orchestrator_ThrowsAfterAStep_FailsWithItsOwnException(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync("First");
                throw new OddException("mine", new NotSupportedException("because"));
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var end = await hub.RunMainAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal((typeof(OddException).FullName, "mine"), (end.FailureDetails!.ErrorType, end.FailureDetails.ErrorMessage));
        Assert.Equal("System.NotSupportedException", end.FailureDetails.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task Orchestrator_ThrowsAtOnce_Fails()
    {
        var script = new Script().Main(_ => throw new OddException("at once", null));
        await using var hub = await TestHub.StartAsync(storage, script);

        var end = await hub.RunMainAsync();

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "at once"), (end.RuntimeStatus, end.FailureDetails!.ErrorMessage));
    }

    [Theory]
    [InlineData(false, "System.OperationCanceledException")]
    [InlineData(true, "System.Threading.Tasks.TaskCanceledException")]
    public async Task CallActivity_ThrowsThatItWasCancelled_IsAFailureAsAnyOther(bool task, string type)
    {
        var script = new Script()
            .Main(async context =>
            {
                try
                {
                    await context.CallActivityAsync("First");
                    return null;
                }
                catch (TaskFailedException exception)
                {
                    return exception.FailureDetails.ErrorType;
                }
            })
            .First<object>(_ => throw (task ? new TaskCanceledException("stop") : new OperationCanceledException("stop")));
        await using var hub = await TestHub.StartAsync(storage, script);

        Assert.Equal(type, await hub.OutputOfMainAsync<string>());
    }

    [Theory]
    [InlineData("aggregate")]
    [InlineData("nested")]
    [InlineData("message")]
    [InlineData("deep")]
    [InlineData("long")]
    [InlineData("unicode")]
    public async Task CallActivity_ThrowsAnOddException_TheInstanceFailsWithItsType(string kind)
    {
        var exception = OddExceptions.Create(kind);
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync("First");
                return null;
            })
            .First<object>(_ => throw exception);
        await using var hub = await TestHub.StartAsync(storage, script);

        var end = await hub.RunMainAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(exception.GetType().ToString(), end.FailureDetails!.InnerFailure!.ErrorType);
    }

    private static object? ThrowNested() => throw new FileNotFoundException("outer", new OddException("inner", null));
}

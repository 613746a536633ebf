using System.Collections.Concurrent;
using EmbeddedFunctions.Tests.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>
/// Middleware of the worker runs for orchestrators, at every replay, and for activities. Around an orchestrator it stands under the orchestrator's rules
/// (Worker.Extensions.DurableTask, FunctionsOrchestrator.EnsureSynchronousExecution).
/// </summary>
public sealed class MiddlewareTests(StorageAccount storage)
{
    private static Script Steps => new Script()
        .Main(async context => await context.CallActivityAsync<int>("First", await context.CallActivityAsync<int>("First", 1)))
        .First<int>(value => value + 1);

    [Theory]
    [KeptAndReplayed]
    public async Task Middleware_ThatOnlyLooks_SeesOrchestratorsAndActivities(bool replays)
    {
        var seen = new ConcurrentQueue<string>();
        await using var hub = await StartAsync(Steps, replays, async (context, next) =>
        {
            seen.Enqueue($"{context.FunctionDefinition.Name} {context.FunctionDefinition.InputBindings.Values.First(binding => binding.Name is "context" or "input" or "request").Type}");
            await next();
            seen.Enqueue($"end of {context.FunctionDefinition.Name}");
        });

        Assert.Equal(3, await hub.OutputOfMainAsync<int>());

        Assert.Equal(2, seen.Count(line => line == "First activityTrigger"));
        Assert.Equal(2, seen.Count(line => line == "end of First"));
        Assert.Equal(replays ? 3 : 1, seen.Count(line => line == "Main orchestrationTrigger"));
        Assert.Equal(1, seen.Count(line => line == "end of Main"));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task Middleware_ThatFails_FailsWhatItStandsAround(bool replays)
    {
        await using var activities = await StartAsync(Steps, replays, (context, next) =>
            context.FunctionDefinition.Name == "First" ? throw new NotSupportedException("not this one") : next());
        var end = await activities.RunMainAsync();
        Assert.Equal((OrchestrationRuntimeStatus.Failed, "not this one"), (end.RuntimeStatus, end.FailureDetails!.InnerFailure!.ErrorMessage));

        await using var orchestrators = await StartAsync(Steps, replays, (context, next) =>
            context.FunctionDefinition.Name == "Main" ? throw new NotSupportedException("not that one") : next());
        end = await orchestrators.RunMainAsync();
        Assert.Equal((OrchestrationRuntimeStatus.Failed, "not that one"), (end.RuntimeStatus, end.FailureDetails!.ErrorMessage));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Middleware_ThatAwaitsSomethingElse_IsFineForActivitiesOnly(bool before, bool forOrchestrators)
    {
        await using var hub = await StartAsync(Steps, replays: false, async (context, next) =>
        {
            var waits = context.FunctionDefinition.Name == (forOrchestrators ? "Main" : "First");
            await (waits && before ? Task.Delay(TimeSpan.FromMilliseconds(20)) : Task.CompletedTask);
            await next();
            await (waits && !before ? Task.Delay(TimeSpan.FromMilliseconds(20)) : Task.CompletedTask);
        });

        var end = await hub.RunMainAsync();

        Assert.Equal(forOrchestrators ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Contains(forOrchestrators ? "await" : "3", end.FailureDetails?.ErrorMessage ?? end.SerializedOutput!, StringComparison.Ordinal);
    }

    private Task<TestHub> StartAsync(Script script, bool replays, Func<FunctionContext, Func<Task>, Task> middleware) =>
        TestHub.StartAsync(storage, script, new HubOptions { Replays = replays, Configure = builder => builder.UseMiddleware(middleware) });
}

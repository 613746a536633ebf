using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace DurableApp;

public sealed class Orchestrations
{
    private const string FromChild = "fromChild";

    /// <summary>Five activities, one after the other: 32 times the input.</summary>
    [Function(nameof(Chain))]
    public async Task<int> Chain([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var value = context.GetInput<int>();
        for (var step = 0; step < 5; step++)
        {
            value = await TwiceAsync(context, context.InstanceId, $"{step}", value);
        }

        return value;
    }

    /// <summary>
    /// Three rounds of everything: parallel activities, timers, a child that sends an event and retries, a race. With the input n each round adds
    /// 8n + 12 of the four, 5n of the child, 2n + 1 of its event and 2 of the race: 45n + 45 in all.
    /// </summary>
    [Function(nameof(Mixed))]
    public async Task<int> Mixed([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var round = context.GetInput<Round>()!;
        var parts = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(index => TwiceAsync(context, context.InstanceId, $"{round.Index}.part{index}", round.Number + index))
            .ToList());
        await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        var child = context.CallSubOrchestratorAsync<int>(nameof(Child), round);
        var sent = await context.WaitForExternalEvent<int>(FromChild);

        using var cancellation = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
        var racer = TwiceAsync(context, context.InstanceId, $"{round.Index}.race", 1);
        if (await Task.WhenAny(racer, timer) == timer)
        {
            throw new InvalidOperationException("A day has passed.");
        }

        // An awaited CancelAsync would leave the orchestrator's thread.
#pragma warning disable CA1849, MA0042
        cancellation.Cancel();
#pragma warning restore CA1849, MA0042
        var sum = round.Sum + parts.Sum() + sent + await racer + await child;
        context.SetCustomStatus(round.Index);
        if (round.Index < 2)
        {
            context.ContinueAsNew(new Round(round.Number, round.Index + 1, sum));
        }

        return sum;
    }

    [Function(nameof(Child))]
    public async Task<int> Child([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var round = context.GetInput<Round>()!;
        var parent = context.Parent!.InstanceId;
        var doubled = await TwiceAsync(context, parent, $"{round.Index}.child", round.Number);
        context.SendEvent(parent, FromChild, doubled + 1);
        var step = new Step(parent, $"{round.Index}.flaky", context.NewGuid(), round.Number);
        return doubled
            + await context.CallActivityAsync<int>(nameof(Activities.Flaky), step, TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromMilliseconds(10))));
    }

    [Function(nameof(Sleeper))]
    public async Task Sleeper([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);

    private static Task<int> TwiceAsync(TaskOrchestrationContext context, string instance, string name, int value) =>
        context.CallActivityAsync<int>(nameof(Activities.Twice), new Step(instance, name, context.NewGuid(), value));
}

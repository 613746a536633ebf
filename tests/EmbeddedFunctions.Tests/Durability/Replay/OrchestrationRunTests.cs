using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Tests.Durability.Replay;

public sealed class OrchestrationRunTests
{
    [Fact]
    public void Run_OfAFanOut_NumbersItsActions()
    {
        var run = Runs.Start(async context =>
        {
            await Task.WhenAll(context.CallActivityAsync("A"), context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None), context.CallActivityAsync("B"));
            return null;
        });

        Assert.Equal([Runs.Activity(0, "A"), new HistoryEvent.TimerCreated(1, Runs.Time.AddSeconds(1)), Runs.Activity(2, "B")], run.TakeActions());
        Assert.Empty(run.TakeActions());
        Assert.Equal(RunState.Waiting, run.State);
    }

    [Fact]
    public void Replay_OfItsHistory_StandsWhereItStood()
    {
        var replaying = new List<bool>();
        var run = Runs.Replay(
            async context =>
            {
                replaying.Add(context.IsReplaying);
                var sum = await context.CallActivityAsync<int>("A") + await context.CallActivityAsync<int>("B");
                replaying.Add(context.IsReplaying);
                return sum;
            },
            Runs.Activity(0, "A"),
            new HistoryEvent.EpisodeStarted(Runs.Time.AddSeconds(1)),
            Runs.Completed(0, 1),
            Runs.Activity(1, "B"));

        Assert.Equal([Runs.Activity(1, "B")], run.OpenActions);
        run.Apply(new HistoryEvent.EpisodeStarted(Runs.Time.AddSeconds(2)));
        run.Apply(Runs.Completed(1, 2));
        Assert.Equal(RunState.Completed, run.State);
        Assert.Equal("3", run.Output!.Value);
        Assert.Equal([true, false], replaying);
    }

    [Fact]
    public void Replay_OfAnotherActivity_NamesBoth() =>
        AssertNonDeterministic(Runs.Replay(Call("New"), Runs.Activity(0, "Old")), "activity 'Old' (#0)", "activity 'New' (#0)");

    [Fact]
    public void Replay_OfAnotherKindOfAction_NamesBoth() => AssertNonDeterministic(
        Runs.Replay(Call("New"), new HistoryEvent.TimerCreated(0, Runs.Time)), "a timer (#0)", "activity 'New' (#0)");

    [Fact]
    public void Replay_WithoutAnAction_NamesWhatIsMissing() => AssertNonDeterministic(
        Runs.Replay(Call("A"), Runs.Activity(0, "A"), Runs.Activity(1, "B")), "activity 'B' (#1)", "nothing (yet)");

    [Fact]
    public void Replay_WithAnActionTooMany_NamesIt() => AssertNonDeterministic(
        Runs.Replay(
            async context =>
            {
                await Task.WhenAll(context.CallActivityAsync("A"), context.CallActivityAsync("B"));
                return null;
            },
            Runs.Activity(0, "A")),
        "History has nothing",
        "activity 'B' (#1)");

    [Fact]
    public void Replay_ThatEndsTooEarly_SaysSo()
    {
        AssertNonDeterministic(Runs.Replay(_ => Task.FromResult<object?>(null), Runs.Activity(0, "A")), "activity 'A' (#0)", "the end of the orchestrator");
        AssertNonDeterministic(Runs.Replay(_ => Task.FromResult<object?>(null)), "to wait", "its end");
    }

    [Fact]
    public void Replay_OfAChildWithAnotherId_NamesBoth() => AssertNonDeterministic(
        Runs.Replay(
            async context => await context.CallSubOrchestratorAsync<int>("C", options: new SubOrchestrationOptions(instanceId: "new")),
            new HistoryEvent.ChildScheduled(0, "C", "old", null)),
        "'old'",
        "'new'");

    [Fact]
    public void Replay_WhenANameDiffersByCase_IsTheSame() => Assert.Equal(RunState.Waiting, Runs.Replay(Call("name"), Runs.Activity(0, "NAME")).State);

    [Fact]
    public void Replay_OfATimerForAnotherTime_KeepsTheTimeOfHistory()
    {
        var due = Runs.Time.AddDays(1);
        var run = Runs.Replay(
            async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
                return null;
            },
            new HistoryEvent.TimerCreated(0, due));

        Assert.Equal([new HistoryEvent.TimerCreated(0, due)], run.OpenActions);
    }

    [Fact]
    public void Suspended_HoldsResultsBackUntilResumed()
    {
        var run = Runs.Start(Call("A"));
        run.TakeActions();

        run.Apply(new HistoryEvent.Suspended());
        run.Apply(Runs.Completed(0));
        Assert.Equal(RunState.Waiting, run.State);
        Assert.False(run.IsOpen(0));
        Assert.Empty(run.OpenActions);

        run.Apply(new HistoryEvent.Resumed());
        Assert.Equal(RunState.Completed, run.State);
    }

    [Fact]
    public void Timer_WhenItsTokenIsCancelled_IsNotOpen()
    {
        var run = Runs.Start(async context =>
        {
            using var cancellation = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
            var activity = context.CallActivityAsync("A");
            await Task.WhenAny(timer, activity);
            cancellation.Cancel();
            return await Record.ExceptionAsync(() => timer) is TaskCanceledException;
        });

        Assert.Equal([0, 1], run.OpenActions.Select(action => action.TaskId));
        run.Apply(Runs.Completed(1));
        Assert.Empty(run.OpenActions);
        Assert.Equal("true", run.Output!.Value);
    }

    private static Func<TaskOrchestrationContext, Task<object?>> Call(string activity) => async context =>
    {
        await context.CallActivityAsync(activity);
        return null;
    };

    private static void AssertNonDeterministic(OrchestrationRun run, string expected, string found)
    {
        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", run.Failure!.Type);
        Assert.Contains(expected, run.Failure.Message, StringComparison.Ordinal);
        Assert.Contains(found, run.Failure.Message, StringComparison.Ordinal);
    }
}

using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;
using EmbeddedFunctions.Durability.Runtime;
using EmbeddedFunctions.Durability.Storage;
using EmbeddedFunctions.Tests.Durability.Replay;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Tests.Durability.Runtime;

public sealed class EpisodeTests
{
    private static readonly DateTime Later = Runs.Time.AddMinutes(1);

    [Fact]
    public void Play_OfAResultThatComesTwice_TakesItOnce()
    {
        var run = Runs.Start(Twice);
        run.TakeActions();

        var episode = Play(run, [Runs.Completed(0, 1), Runs.Completed(0, 2)], Child(0, 3), Child(1, 4, execution: 7));

        Assert.Equal([new HistoryEvent.EpisodeStarted(Later), Runs.Activity(1, "B")], episode.Events.Where(item => item is not HistoryEvent.TaskCompleted));
        Assert.Equal("1", Assert.Single(episode.Events.OfType<HistoryEvent.TaskCompleted>()).Result!.Value);
        Assert.Equal(2, episode.Consumed.Count);
    }

    [Fact]
    public void Play_OfAMessageForAnotherGeneration_DropsIt()
    {
        var run = Runs.Start(Twice);
        run.TakeActions();

        var episode = Play(run, [], new InboxMessage.Terminate("another", null, IsRecursive: false), new InboxMessage.Suspend("another"));

        Assert.Empty(episode.Events);
        Assert.False(episode.IsOver);
        Assert.Equal(2, episode.Consumed.Count);
        Assert.Equal(InstanceStatus.Running, episode.Status);
    }

    [Fact]
    public void Play_WhenTerminatedBeforeItBegan_RunsNoCode()
    {
        var run = Runs.Create(_ => throw new InvalidTimeZoneException("run"));
        run.Replay([]);
        var episode = new Episode(run, Later);

        episode.Play(isFirst: true, [], [], [Row(new InboxMessage.Event("generation", "E", null)), Row(new InboxMessage.Terminate("generation", null, false))]);

        Assert.Equal(InstanceStatus.Terminated, episode.Status);
        Assert.Null(run.Failure);
        Assert.Equal(2, episode.Consumed.Count);
    }

    [Fact]
    public void Play_WhenTerminated_DropsWhatTheCodeDidInTheSameStep()
    {
        var run = Runs.Start(async context =>
        {
            await context.CallSubOrchestratorAsync<int>("C", options: new SubOrchestrationOptions(instanceId: "child"));
            return null;
        });
        run.TakeActions();

        var episode = Play(run, [], new InboxMessage.Terminate("generation", Payload.Of("1"), IsRecursive: true), new InboxMessage.Suspend("generation"));

        Assert.Equal(InstanceStatus.Terminated, episode.Status);
        Assert.Empty(episode.Actions);
        Assert.Equal(["child"], Assert.IsType<HistoryEvent.ExecutionEnded>(episode.Events[^1]).TerminatedChildren);
    }

    [Fact]
    public void Play_UpToContinueAsNew_LeavesLaterMessagesForTheNextExecution()
    {
        var run = Runs.Start(async context =>
        {
            context.ContinueAsNew(await context.WaitForExternalEvent<int>("E"));
            return null;
        });

        var episode = Play(run, [], Event(1), Event(2));

        Assert.True(episode.ContinuesAsNew);
        Assert.Single(episode.Consumed);
        Assert.Equal(InstanceStatus.Running, Assert.IsType<HistoryEvent.ExecutionEnded>(episode.Events[^1]).Status);
    }

    [Fact]
    public void Play_OfATimer_IsNotBeforeItsTime()
    {
        var run = Runs.Start(async context =>
        {
            await context.CreateTimer(Later.AddHours(1), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        run.TakeActions();

        var episode = Play(run, [new HistoryEvent.TimerFired(0)]);

        Assert.Equal(new HistoryEvent.EpisodeStarted(Later.AddHours(1)), episode.Events[0]);
    }

    [Fact]
    public void Play_WhenTheClockWentBack_KeepsTheTime()
    {
        var run = Runs.Start(Twice);
        run.TakeActions();
        var episode = new Episode(run, Runs.Time.AddDays(-1));

        episode.Play(isFirst: false, [], [Runs.Completed(0, 1)], []);

        Assert.Equal(new HistoryEvent.EpisodeStarted(Runs.Time), episode.Events[0]);
    }

    private static async Task<object?> Twice(TaskOrchestrationContext context) =>
        await context.CallActivityAsync<int>("A") + await context.CallActivityAsync<int>("B");

    private static Episode Play(OrchestrationRun run, HistoryEvent[] results, params InboxMessage[] messages)
    {
        var episode = new Episode(run, Later);
        episode.Play(isFirst: false, [], results, [.. messages.Select(Row)]);
        return episode;
    }

    private static InboxMessage.ChildCompleted Child(int taskId, object result, int execution = 1) =>
        new("generation", execution, taskId, Payload.Of(Runs.Converter.Serialize(result)));

    private static InboxMessage.Event Event(int value) => new("generation", "E", Payload.Of(Runs.Converter.Serialize(value)));

    private static (HubRow Row, InboxMessage Message) Row(InboxMessage message) => (new HubRow("p", HubKeys.Message(1), [], "e"), message);
}

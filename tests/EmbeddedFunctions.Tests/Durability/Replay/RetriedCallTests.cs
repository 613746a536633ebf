using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Tests.Durability.Replay;

public sealed class RetriedCallTests
{
    [Theory]
    [InlineData(1, 2, 10, 2)]
    [InlineData(2, 2, 10, 4)]
    [InlineData(3, 2, 10, 8)]
    [InlineData(4, 2, 10, 10)]
    [InlineData(5, 1, 10, 2)]
    [InlineData(2000, 2, 10, 10)]
    [InlineData(4, 2, -1, 16)]
    public void Delay_AfterAnAttempt_GrowsToItsLimit(int attempt, double coefficient, int limit, int expected)
    {
        var longest = limit < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(limit);
        var policy = new RetryPolicy(5000, TimeSpan.FromSeconds(2), coefficient, longest);

        Assert.Equal(TimeSpan.FromSeconds(expected), RetriedCall.Delay(policy, attempt));
    }

    [Fact]
    public void Call_ThatFails_WaitsByADurableTimer()
    {
        var run = Runs.Start(async context =>
        {
            await context.CallActivityAsync("A", TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMinutes(1))));
            return null;
        });
        run.Apply(new HistoryEvent.TaskFailed(0, new Failure("T", "first", null, null)));
        Assert.Equal([Runs.Activity(0, "A"), new HistoryEvent.TimerCreated(1, Runs.Time.AddMinutes(1))], run.TakeActions());

        run.Apply(new HistoryEvent.TimerFired(1));
        Assert.Equal([Runs.Activity(2, "A")], run.TakeActions());
        run.Apply(new HistoryEvent.TaskFailed(2, new Failure("T", "second", null, null)));

        Assert.Equal("Task 'A' (#2) failed with an unhandled exception: second", run.Failure!.Message);
        Assert.Equal("second", run.Failure.Inner!.Message);
    }

    [Fact]
    public void Call_ThatFailsForGood_IsNotRepeated()
    {
        var run = Runs.Start(async context =>
        {
            await context.CallActivityAsync("A", TaskOptions.FromRetryHandler(_ => true));
            return null;
        });

        run.Apply(new HistoryEvent.TaskFailed(0, new Failure("T", "no such activity", null, null) { IsFinal = true }));

        Assert.Equal(RunState.Failed, run.State);
    }

    [Fact]
    public void Call_WhosePredicateThrows_FailsWithItsOwnFailure()
    {
        var policy = new RetryPolicy(5, TimeSpan.FromSeconds(1)) { HandleFailure = _ => throw new InvalidTimeZoneException() };
        var run = Runs.Start(async context =>
        {
            await context.CallActivityAsync("A", TaskOptions.FromRetryPolicy(policy));
            return null;
        });

        run.Apply(new HistoryEvent.TaskFailed(0, new Failure("T", "why", null, null)));

        Assert.Equal("why", run.Failure!.Inner!.Message);
    }
}

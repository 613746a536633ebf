using EmbeddedFunctions.Durability.Replay;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Tests.Durability.Replay;

public sealed class OrchestratorThreadTests
{
    [Fact]
    public void Run_OfCodeThatAwaitsTheContext_StaysOnOneThread()
    {
        var threads = new HashSet<int>();
        async Task StepAsync(TaskOrchestrationContext context, int depth)
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await context.CallActivityAsync("A");
            threads.Add(Environment.CurrentManagedThreadId);
            if (depth > 0)
            {
                await Task.Yield();
                await StepAsync(context, depth - 1);
            }
        }

        var run = Runs.Start(async context =>
        {
            await Task.WhenAll(StepAsync(context, 2), StepAsync(context, 2));
            return null;
        });
        for (var task = 0; task < 6; task++)
        {
            run.Apply(Runs.Completed(task));
        }

        Assert.Equal(RunState.Completed, run.State);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
        Assert.Null(SynchronizationContext.Current);
    }

    [Fact]
    public void Run_OfContinueWith_StaysOnTheThread()
    {
        var run = Runs.Start(async context =>
            await context.CallActivityAsync<int>("A").ContinueWith(task => task.Result + 1, TaskScheduler.Current));

        run.Apply(Runs.Completed(0, 1));

        Assert.Equal("2", run.Output!.Value);
    }

    [Fact]
    public async Task Foreign_AfterTheStep_IsReported()
    {
        var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var foreign = new TaskCompletionSource();
        var run = Runs.Start(async context =>
        {
            await Task.WhenAny(context.WaitForExternalEvent<int>("E"), foreign.Task);
            return null;
        });
        Assert.Equal(RunState.Waiting, run.State);
        run.Thread.OnForeign(() => reported.TrySetResult());
        Assert.False(run.Thread.HasForeign);

        foreign.SetResult();

        await reported.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(run.Thread.HasForeign);
    }

    [Fact]
    public void Run_ThatWaitsForNothingOfTheContext_Fails()
    {
        var run = Runs.Start(async _ =>
        {
            await new TaskCompletionSource().Task;
            return null;
        });

        Assert.Equal(OrchestratorRules.Stuck, run.Failure!.Message);
    }

    [Fact]
    public void Run_OfAnAsyncVoidMethodThatThrows_Fails()
    {
        var run = Runs.Start(async context =>
        {
            async void Throw()
            {
                await Task.Yield();
                throw new InvalidTimeZoneException("thrown");
            }

            Throw();
            await context.CallActivityAsync("A");
            return null;
        });

        Assert.Equal("thrown", run.Failure!.Message);
    }

    [Fact]
    public async Task Context_UsedFromAnotherThread_ThrowsAtOnceAndFailsTheRun()
    {
        TaskOrchestrationContext? leaked = null;
        var run = Runs.Start(async context =>
        {
            leaked = context;
            await context.CallActivityAsync("A");
            return null;
        });

        var exception = await Task.Run(() => Record.Exception(() => { _ = leaked!.CreateTimer(TimeSpan.Zero, CancellationToken.None); }));
        run.Apply(Runs.Completed(0));

        Assert.IsType<InvalidOperationException>(exception);
        Assert.Equal(OrchestratorRules.IllegalAwait, run.Failure!.Message);
    }
}

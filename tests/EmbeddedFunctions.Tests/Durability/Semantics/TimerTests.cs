using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-timers.</summary>
public sealed class TimerTests(StorageAccount storage)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Theory]
    [KeptAndReplayed]
    public async Task CreateTimer_Delay_FiresWhenItIsOverAndNotBefore(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            var before = context.CurrentUtcDateTime;
            await context.CreateTimer(Short, CancellationToken.None);
            return context.CurrentUtcDateTime - before;
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var end = await hub.RunMainAsync();

        Assert.InRange(end.ReadOutputAs<TimeSpan>(), Short, Short + TimeSpan.FromSeconds(30));
        Assert.True(end.LastUpdatedAt - end.CreatedAt >= Short);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CreateTimer_SeveralAtOnce_FireInTheOrderInWhichTheyAreDue(bool replays)
    {
        var script = new Script().Main(async context =>
        {
            var order = new List<int>();
            async Task AfterAsync(int tenths)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(100 * tenths), CancellationToken.None);
                order.Add(tenths);
            }

            await Task.WhenAll(AfterAsync(5), AfterAsync(0), AfterAsync(3), AfterAsync(-20), AfterAsync(1));
            return order;
        });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var order = await hub.OutputOfMainAsync<List<int>>();

        Assert.Equal([-20, 0, 1, 3, 5], order!.Order());
        Assert.Equal([1, 3, 5], order![2..]);
    }

    [Fact]
    public async Task CreateTimer_LocalTime_IsTakenForWhatItIs()
    {
        var script = new Script().Main(async context =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.Add(Short).ToLocalTime(), CancellationToken.None);
            return null;
        });
        await using var hub = await TestHub.StartAsync(storage, script);

        var end = await hub.RunMainAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.True(end.LastUpdatedAt - end.CreatedAt >= Short);
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WhenAny_LosingTimerIsCancelled_CompletesWithoutWaitingForIt(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(2), cancellation.Token);
                var work = context.CallActivityAsync<string>("First");
                if (await Task.WhenAny(work, timer) == timer)
                {
                    return "timer";
                }

                cancellation.Cancel();
                return $"{await work}, {timer.Status}";
            })
            .First<object>(_ => "work");
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal($"work, {TaskStatus.Canceled}", await hub.OutputOfMainAsync<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task WhenAny_TimerWins_TheActivityIsLeftBehind(bool replays)
    {
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script()
            .Main(async context =>
            {
                var work = context.CallActivityAsync<string>("First");
                var timer = context.CreateTimer(Short, CancellationToken.None);
                var timedOut = await Task.WhenAny(work, timer) == timer;
                context.SetCustomStatus("decided");
                return new[] { $"{timedOut}", await work };
            })
            .FirstAsync<object>(async _ =>
            {
                await late.Task;
                return "late";
            });
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "decided");
        late.SetResult();

        Assert.Equal(["True", "late"], await hub.OutputOfAsync<List<string>>(instance));
    }

    [Theory]
    [KeptAndReplayed]
    public async Task CreateTimer_Cancelled_TheAwaitThrows(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(2), cancellation.Token);
                await context.CallActivityAsync("First");
                cancellation.Cancel();
                try
                {
                    await timer;
                    return "fired";
                }
                catch (OperationCanceledException exception)
                {
                    await context.CallActivityAsync("First");
                    return exception.GetType().Name;
                }
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(nameof(TaskCanceledException), await hub.OutputOfMainAsync<string>());
    }

    /// <summary>"The Durable Task Framework doesn't change an orchestration's status to Completed until all outstanding tasks are either completed or canceled."</summary>
    [Theory]
    [KeptAndReplayed]
    public async Task CreateTimer_NeitherFiredNorCancelled_TheInstanceRunsUntilItFires(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                _ = context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                await context.CallActivityAsync("First");
                context.SetCustomStatus("returned");
                return "early";
            })
            .First<object>(_ => null);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await hub.StartMainAsync();
        var returned = await hub.UntilStatusAsync(instance, "returned");
        Assert.True(returned.IsRunning);
        var end = await hub.EndOfAsync(instance);

        Assert.Equal("early", end.ReadOutputAs<string>());
        Assert.True(end.LastUpdatedAt - end.CreatedAt >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task CreateTimer_DueWhileNothingRan_FiresAtTheNextStart()
    {
        var script = new Script().Main(async context =>
        {
            var before = context.CurrentUtcDateTime;
            context.SetCustomStatus("asleep");
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return context.CurrentUtcDateTime - before;
        });
        var (hub, instance) = await SleepAsync(script);

        await using var later = await TestHub.StartAsync(storage, script, new HubOptions { Name = hub, Time = new ShiftedTime(TimeSpan.FromHours(3)) });

        Assert.InRange(await later.OutputOfAsync<TimeSpan>(instance), TimeSpan.FromHours(3), TimeSpan.FromHours(4));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(31, true)]
    public async Task CreateTimer_ThirtyDays_FiresAfterThirtyDays(int days, bool fires)
    {
        var script = new Script().Main(async context =>
        {
            context.SetCustomStatus("asleep");
            var timer = context.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None);
            var nudge = context.WaitForExternalEvent<string>("nudge");
            return await Task.WhenAny(timer, nudge) == timer ? "fired" : await nudge;
        });
        var (hub, instance) = await SleepAsync(script);

        await using var later = await TestHub.StartAsync(storage, script, new HubOptions { Name = hub, Time = new ShiftedTime(TimeSpan.FromDays(days)) });
        if (fires)
        {
            Assert.Equal("fired", await later.OutputOfAsync<string>(instance));
        }
        else
        {
            await later.RaiseAsync(instance, "nudge", "still asleep");
            await later.UntilAsync(instance, state => state.LastUpdatedAt > TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(days - 1));
            await later.Client.TerminateInstanceAsync(instance, later.Bound);
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await later.EndOfAsync(instance)).RuntimeStatus);
        }
    }

    private async Task<(string Hub, string Instance)> SleepAsync(Script script)
    {
        await using var hub = await TestHub.StartAsync(storage, script);
        var instance = await hub.StartMainAsync();
        await hub.UntilStatusAsync(instance, "asleep");
        return (hub.Name, instance);
    }
}

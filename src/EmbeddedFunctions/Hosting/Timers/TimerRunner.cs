using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting.Timers;

/// <summary>
/// Runs one timer while this process owns it, as TimerListener of azure-webjobs-sdk-extensions does: never two runs at a time, and what came due during a
/// run is one run right after it.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="schedule">When it is due.</param>
/// <param name="runOnStartup">It runs when this process takes the timer over, too.</param>
/// <param name="monitor">Keeps the state; null for a schedule without.</param>
/// <param name="runner">Runs it, and knows the time.</param>
internal sealed class TimerRunner(AppFunction function, TimerSchedule schedule, bool runOnStartup, ScheduleMonitor? monitor, FunctionRunner runner)
{
    // A machine that sleeps stops its timers, not its clock, so the clock is looked at now and then.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = runner.Time;

    /// <exception cref="OperationCanceledException">The timer is someone else's now, or the host stops.</exception>
    /// <exception cref="Azure.RequestFailedException">The state could not be read, or is another process's: the timer is to begin anew.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var status = new ScheduleStatus { Next = Next(Now()) };
        if (monitor is not null)
        {
            status = await RecallAsync(monitor, cancellationToken);
        }

        if (monitor is not null && Now() > status.Next)
        {
            TimerLog.PastDue(function.Logger, function.Name);
            status = await InvokeAsync(status, isPastDue: true, isScheduled: false, cancellationToken);
        }
        else if (runOnStartup)
        {
            status = await InvokeAsync(status, isPastDue: false, isScheduled: false, cancellationToken);
        }

        TimerLog.DueNext(function.Logger, function.Name, status.Next);
        while (true)
        {
            await WaitUntilAsync(status.Next, cancellationToken);
            status = await InvokeAsync(status, isPastDue: false, isScheduled: true, cancellationToken);
        }
    }

    /// <summary>The state that was kept, or a first one. A schedule that was changed since does not count as missed.</summary>
    private async Task<ScheduleStatus> RecallAsync(ScheduleMonitor monitor, CancellationToken cancellationToken)
    {
        var now = Now();
        var status = await monitor.ReadAsync(cancellationToken);
        var origin = status is null ? now
            : status.Last != default ? status.Last
            : status.LastUpdated != default ? status.LastUpdated
            : now;
        var expected = Next(origin);
        if (status is not null && status.Next == expected)
        {
            return status;
        }

        if (now > expected)
        {
            (origin, expected) = (now, Next(now));
        }

        status = new ScheduleStatus { Next = expected, LastUpdated = origin };
        await monitor.WriteAsync(status, cancellationToken);
        return status;
    }

    private async Task<ScheduleStatus> InvokeAsync(ScheduleStatus status, bool isPastDue, bool isScheduled, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = Now();
        var info = new TimerInfo { ScheduleStatus = monitor is null ? null : Copy(status), IsPastDue = isPastDue };
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["TimerTrigger"] = $"{started:u}" };
        try
        {
            await runner.RunAsync(function, new TriggerData(info, data), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Cut short, so it stays due, and the next to take the timer over makes up for it.
            throw;
        }
        catch (Exception)
        {
            // It has been logged, and a failed run is not repeated: the next one is the schedule's.
        }

        var last = isScheduled && status.Next > started ? status.Next : started;
        var updated = new ScheduleStatus { Last = last, Next = Next(last), LastUpdated = last };
        if (monitor is not null)
        {
            // Also when the host is stopping: the run has happened.
            using var patience = new CancellationTokenSource(WritePatience, TimeProvider.System);
            await monitor.WriteAsync(updated, patience.Token);
        }

        return updated;
    }

    private async Task WaitUntilAsync(DateTime due, CancellationToken cancellationToken)
    {
        while (due - Now() is { Ticks: > 0 } remaining)
        {
            // Rounded up, because a delay is cut to milliseconds and would come in early.
            var wait = remaining < LongestWait ? TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds)) : LongestWait;
            await Task.Delay(wait, _time, cancellationToken);
        }
    }

    private DateTime Now() => _time.GetUtcNow().UtcDateTime;

    private DateTime Next(DateTime after) => schedule.Next(after) ?? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    // The function's own: what it does to it stays with it.
    private static ScheduleStatus Copy(ScheduleStatus status) => new() { Last = status.Last, Next = status.Next, LastUpdated = status.LastUpdated };
}

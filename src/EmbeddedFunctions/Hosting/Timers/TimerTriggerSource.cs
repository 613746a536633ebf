using System.Reflection;
using EmbeddedFunctions.Hosting.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace EmbeddedFunctions.Hosting.Timers;

/// <summary>Timer functions: each runs in the one process, of all with this host id, that holds its lease.</summary>
internal sealed class TimerTriggerSource(IConfiguration configuration, HostStorage storage, FunctionRunner runner) : ITriggerSource, IDisposable
{
    private readonly BackgroundWork _work = new();
    private readonly List<Func<CancellationToken, Task>> _timers = [];

    public Type Attribute => typeof(TimerTriggerAttribute);

    public TriggerBinding? Bind(FunctionCandidate candidate)
    {
        var trigger = candidate.Trigger.GetCustomAttribute<TimerTriggerAttribute>()!;
        if (candidate.Trigger.ParameterType != typeof(TimerInfo))
        {
            candidate.Refuse($"the trigger parameter '{candidate.Trigger.Name}' must be a TimerInfo, not {candidate.Trigger.ParameterType}.");
        }

        if (FunctionResult.HasValue(candidate.Method.ReturnType))
        {
            candidate.Refuse($"a timer function must return nothing, a Task or a ValueTask, not {candidate.Method.ReturnType}.");
        }

        RefuseTimeZone(candidate);
        storage.RefuseIfMissing(candidate, "a timer");
        var schedule = ParseSchedule(candidate, trigger);
        return schedule is null ? null : new TriggerBinding
        {
            Type = "timerTrigger",
            Value = TriggerBinding.GivenValue,
            Serve = function => Serve(function, schedule, trigger),
        };
    }

    public IEnumerable<string> FindConflicts() => [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timers.ForEach(_work.Start);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _work.StopAsync(cancellationToken);

    public void Dispose() => _work.Dispose();

    private void Serve(AppFunction function, TimerSchedule schedule, TimerTriggerAttribute trigger)
    {
        if (function.IsDisabled)
        {
            return;
        }

        var isMonitored = trigger.UseMonitor && !schedule.IsFrequent(runner.Time.GetUtcNow().UtcDateTime);
        _timers.Add(cancellationToken =>
        {
            var monitor = isMonitored ? new ScheduleMonitor(storage.TimerStatus(function), function.Logger) : null;
            var timer = new TimerRunner(function, schedule, trigger.RunOnStartup, monitor, runner);
            return storage.Lease(function).RunAsync(timer.RunAsync, cancellationToken);
        });
    }

    private TimerSchedule? ParseSchedule(FunctionCandidate candidate, TimerTriggerAttribute trigger)
    {
        if (AppSettings.Resolve(configuration, trigger.Schedule, candidate.Refuse) is not { } expression)
        {
            return null;
        }

        if (TimerSchedule.Parse(expression) is not { } schedule)
        {
            candidate.Refuse($"'{expression}' is neither an NCRONTAB expression of five or six fields nor a time such as 00:30:00.");
            return null;
        }

        if (schedule.Next(runner.Time.GetUtcNow().UtcDateTime) is null)
        {
            candidate.Refuse($"'{expression}' never comes.");
            return null;
        }

        return schedule;
    }

    private void RefuseTimeZone(FunctionCandidate candidate)
    {
        if (configuration["WEBSITE_TIME_ZONE"] is { Length: > 0 } zone && !zone.EndsWith("UTC", StringComparison.OrdinalIgnoreCase))
        {
            candidate.Refuse($"schedules are in UTC, and WEBSITE_TIME_ZONE is {zone}.");
        }
    }
}

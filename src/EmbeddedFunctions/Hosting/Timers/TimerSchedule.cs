using System.Globalization;
using NCrontab;

namespace EmbeddedFunctions.Hosting.Timers;

/// <summary>When a timer is due, in UTC. Rules are those of TimerSchedule, CronSchedule and ConstantSchedule of azure-webjobs-sdk-extensions.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule? _cron;
    private readonly TimeSpan _interval;

    private TimerSchedule(CrontabSchedule cron) => _cron = cron;

    private TimerSchedule(TimeSpan interval) => _interval = interval;

    /// <summary>Null when the expression is neither NCRONTAB of five or six fields nor a positive time.</summary>
    public static TimerSchedule? Parse(string expression)
    {
        var hasSeconds = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5;
        if (CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds }) is { } cron)
        {
            return new TimerSchedule(cron);
        }

        return TimeSpan.TryParse(expression, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero ? new TimerSchedule(interval) : null;
    }

    /// <returns>The first time after this one; null when there is none.</returns>
    public DateTime? Next(DateTime after)
    {
        if (_cron is null)
        {
            return _interval < DateTime.MaxValue - after ? after + _interval : null;
        }

        var next = _cron.GetNextOccurrence(after);
        return next == DateTime.MaxValue ? null : DateTime.SpecifyKind(next, DateTimeKind.Utc);
    }

    /// <summary>It occurs more often than once a minute, so its state is not worth a write each time.</summary>
    public bool IsFrequent(DateTime now)
    {
        if (_cron is null)
        {
            return _interval < TimeSpan.FromMinutes(1);
        }

        // With a restriction in any field but the seconds there are gaps of more than a minute.
        return _cron.ToString().Split(' ').Skip(1).All(field => field == "*") && _cron.GetNextOccurrences(now, now.AddMinutes(1)).Skip(1).Any();
    }
}

using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Tests.Timers;

/// <summary>What a timer function was given; no times when its schedule is not monitored.</summary>
public sealed record TimerRun(string Function, bool IsPastDue, DateTime? Last, DateTime? Next)
{
    public static TimerRun Of(string function, TimerInfo timer) => new(function, timer.IsPastDue, timer.ScheduleStatus?.Last, timer.ScheduleStatus?.Next);
}

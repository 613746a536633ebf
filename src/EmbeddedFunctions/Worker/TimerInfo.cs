namespace Microsoft.Azure.Functions.Worker;

public class TimerInfo
{
    /// <summary>The state before this run; null when the schedule is not monitored (<see cref="TimerTriggerAttribute.UseMonitor"/>).</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>The run makes up for an occurrence that was missed while no process had the timer.</summary>
    public bool IsPastDue { get; set; }
}

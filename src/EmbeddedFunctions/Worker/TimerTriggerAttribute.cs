using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function on a schedule, in one of the processes that share a storage account.</summary>
/// <param name="schedule">
/// An NCRONTAB expression of five or six fields, in UTC, or the time between two runs such as <c>00:30:00</c>; <c>%Name%</c> takes a setting's value.
/// </param>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    public string Schedule { get; } = schedule;

    /// <summary>
    /// Keeps the schedule's state in storage, so that an occurrence missed during a downtime is made up for. True by default; without effect on a schedule
    /// that occurs more often than once a minute.
    /// </summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Runs once when the process takes the timer over, before the schedule. False by default.</summary>
    public bool RunOnStartup { get; set; }
}

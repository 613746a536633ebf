using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>The timers that an instance waits for, the next one first. Used under its session's lock.</summary>
internal sealed class SessionTimers
{
    private IReadOnlyList<(int Execution, HistoryEvent.TimerCreated Timer)> _timers = [];

    /// <summary>When the session must look again; null for never.</summary>
    public DateTime? NextDue { get; private set; }

    /// <param name="execution">Whose they are.</param>
    /// <param name="timers">Those that have not fired.</param>
    /// <param name="startAt">When the instance is to begin, if it has not yet.</param>
    public void Set(int execution, IEnumerable<HistoryEvent.TimerCreated> timers, DateTime? startAt)
    {
        _timers = [.. timers.OrderBy(timer => timer.DueAt).ThenBy(timer => timer.TaskId).Select(timer => (execution, timer))];
        NextDue = startAt ?? First();
    }

    /// <returns>What the timers that are due by now come to.</returns>
    public IReadOnlyList<TaskResult> TakeDue(DateTime now)
    {
        var due = _timers.TakeWhile(item => item.Timer.DueAt <= now).Select(item => new TaskResult(item.Execution, new HistoryEvent.TimerFired(item.Timer.TaskId))).ToList();
        _timers = [.. _timers.Skip(due.Count)];
        NextDue = First();
        return due;
    }

    public void Clear()
    {
        _timers = [];
        NextDue = null;
    }

    private DateTime? First() => _timers.Count > 0 ? _timers[0].Timer.DueAt : null;
}

using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>What arrives while an orchestration is suspended, in the order in which it did.</summary>
internal sealed class HeldBack
{
    private readonly List<HistoryEvent> _events = [];
    private readonly HashSet<int> _tasks = [];

    public bool HasResultOf(int taskId) => _tasks.Contains(taskId);

    public void Add(HistoryEvent item)
    {
        _events.Add(item);
        int? task = item switch
        {
            HistoryEvent.TaskCompleted completed => completed.TaskId,
            HistoryEvent.TaskFailed failed => failed.TaskId,
            HistoryEvent.TimerFired fired => fired.TaskId,
            _ => null,
        };
        if (task is { } taskId)
        {
            _tasks.Add(taskId);
        }
    }

    public IReadOnlyList<HistoryEvent> Release()
    {
        HistoryEvent[] events = [.. _events];
        _events.Clear();
        _tasks.Clear();
        return events;
    }
}

using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// One step of an execution: shows its code what has arrived and collects what the code does. It decides nothing that is not in what it returns, so one that is
/// not committed has not happened.
/// </summary>
internal sealed class Episode(OrchestrationRun run, DateTime now)
{
    private readonly List<HistoryEvent> _events = [];
    private readonly HashSet<int> _taken = [];
    private InboxMessage.Terminate? _termination;

    /// <summary>What it adds to history.</summary>
    public IReadOnlyList<HistoryEvent> Events => _events;

    public IReadOnlyList<HistoryEvent.Action> Actions { get; private set; } = [];

    /// <summary>Message rows that it has taken in.</summary>
    public List<HubRow> Consumed { get; } = [];

    /// <summary>The status that the execution is in after it; Running also for continue-as-new.</summary>
    public InstanceStatus Status { get; private set; }

    public bool ContinuesAsNew => _termination is null && run.State == RunState.ContinuedAsNew;

    public InboxMessage.Terminate? Termination => _termination;

    public bool IsOver => _termination is not null || run.State != RunState.Waiting;

    /// <summary>Whether there is anything to commit.</summary>
    public bool HasHappened => _events.Count > 0 || Consumed.Count > 0;

    /// <param name="isFirst">Whether the code has not begun yet.</param>
    /// <param name="carried">Events of the execution before this one.</param>
    /// <param name="results">Results of activities and timers.</param>
    /// <param name="messages">The inbox, in order.</param>
    public void Play(
        bool isFirst,
        IEnumerable<HistoryEvent> carried,
        IReadOnlyList<HistoryEvent> results,
        IReadOnlyList<(HubRow Row, InboxMessage Message)> messages)
    {
        var time = now > run.Time ? now : run.Time;
        foreach (var timer in run.OpenActions.OfType<HistoryEvent.TimerCreated>())
        {
            if (timer.DueAt > time && results.Any(result => result is HistoryEvent.TimerFired fired && fired.TaskId == timer.TaskId))
            {
                time = timer.DueAt;
            }
        }

        var start = new HistoryEvent.EpisodeStarted(time);
        if (isFirst && messages.Select(item => item.Message).OfType<InboxMessage.Terminate>().FirstOrDefault(IsForThis) is { } early)
        {
            // It is over before its code has begun, and need not begin.
            _termination = early;
            _events.Add(start);
        }
        else if (isFirst || run.Failure is not null)
        {
            Add(start);
        }

        foreach (var item in carried.Concat(results))
        {
            Take(start, item);
        }

        foreach (var (row, message) in messages)
        {
            // What comes after the end is for the next execution, if there is one.
            if (IsOver && ContinuesAsNew)
            {
                break;
            }

            Consumed.Add(row);
            if (!IsOver && IsForThis(message))
            {
                Take(start, message);
            }
        }

        Actions = run.Failure is { IsFinal: true } || _termination is not null ? [] : run.TakeActions();
        _events.AddRange(Actions);
        Status = _termination is not null ? InstanceStatus.Terminated
            : run.State switch
            {
                RunState.Completed => InstanceStatus.Completed,
                RunState.Failed => InstanceStatus.Failed,
                _ => run.IsSuspended ? InstanceStatus.Suspended : InstanceStatus.Running,
            };
        if (IsOver)
        {
            _events.Add(new HistoryEvent.ExecutionEnded(ContinuesAsNew ? InstanceStatus.Running : Status, TerminatedChildren()));
        }
    }

    private void Take(HistoryEvent start, InboxMessage message)
    {
        switch (message)
        {
            case InboxMessage.Event raised:
                Take(start, new HistoryEvent.EventRaised(raised.Name, raised.Input));
                break;
            case InboxMessage.ChildCompleted completed when completed.Execution == run.Head.Execution:
                Take(start, new HistoryEvent.TaskCompleted(completed.TaskId, completed.Result));
                break;
            case InboxMessage.ChildFailed failed when failed.Execution == run.Head.Execution:
                Take(start, new HistoryEvent.TaskFailed(failed.TaskId, failed.Failure));
                break;
            case InboxMessage.Suspend when !run.IsSuspended:
                Take(start, new HistoryEvent.Suspended());
                break;
            case InboxMessage.Resume when run.IsSuspended:
                Take(start, new HistoryEvent.Resumed());
                break;
            case InboxMessage.Terminate terminate:
                _termination = terminate;
                if (_events.Count == 0)
                {
                    _events.Add(start);
                }

                break;
            default:
                break;
        }
    }

    private void Take(HistoryEvent start, HistoryEvent item)
    {
        if (IsOver || !IsAwaited(item))
        {
            return;
        }

        if (_events.Count == 0)
        {
            Add(start);
        }

        Add(item);
    }

    private bool IsForThis(InboxMessage message) => message.Generation == run.Head.Generation;

    private void Add(HistoryEvent item)
    {
        _events.Add(item);
        run.Apply(item);
    }

    /// <summary>A result that comes twice, or that nobody waits for any more, is dropped.</summary>
    private bool IsAwaited(HistoryEvent item)
    {
        int? taskId = item switch
        {
            HistoryEvent.TaskCompleted completed => completed.TaskId,
            HistoryEvent.TaskFailed failed => failed.TaskId,
            HistoryEvent.TimerFired fired => fired.TaskId,
            _ => null,
        };
        return taskId is not { } id || (run.IsOpen(id) && _taken.Add(id));
    }

    private IReadOnlyList<string> TerminatedChildren() => _termination is { IsRecursive: true }
        ? [.. run.OpenActions.OfType<HistoryEvent.ChildScheduled>().Select(child => child.InstanceId)]
        : [];
}

using DurableTask.Core.Exceptions;
using EmbeddedFunctions.Durability.History;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>
/// One execution in memory: the orchestrator's code, stopped where it waits. It is fed with events and collects what the code does. Fed with history first, it
/// compares what the code does with what history says it did, and so comes to stand where it stood before.
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly OrchestratorThread _thread = new();
    private readonly HeldBack _heldBack = new();
    private readonly DecidedActions _actions = new();
    private readonly SortedDictionary<int, OpenTask> _open = [];
    private readonly EventInbox _events = new();
    private readonly Func<Task<object?>> _start;
    private readonly DataConverter _converter;
    private Task<object?>? _body;
    private bool _hasEnded;
    private int _nextTaskId;

    /// <param name="head">The execution.</param>
    /// <param name="converter">Makes payloads.</param>
    /// <param name="createContext">Makes the context that the code works with.</param>
    /// <param name="body">Calls the code; called on the orchestrator's thread.</param>
    public OrchestrationRun(
        InstanceHead head,
        DataConverter converter,
        Func<OrchestrationRun, TaskOrchestrationContext> createContext,
        Func<TaskOrchestrationContext, Task<object?>> body)
    {
        Head = head;
        _converter = converter;
        var context = createContext(this);
        _start = async () => await body(context);
    }

    public InstanceHead Head { get; }

    public OrchestratorThread Thread => _thread;

    public EventInbox Events => _events;

    public DateTime Time { get; private set; }

    public bool IsReplaying { get; private set; } = true;

    public bool IsSuspended { get; private set; }

    public Payload? CustomStatus { get; set; }

    public ContinueAsNewRequest? NextExecution { get; set; }

    /// <summary>
    /// What the execution has ended in. As officially, it does not end when its code has returned, but when no timer, activity or child is outstanding either.
    /// </summary>
    public RunState State =>
        Failure is not null ? RunState.Failed
        : !_hasEnded ? RunState.Waiting
        : NextExecution is not null ? RunState.ContinuedAsNew
        : RunState.Completed;

    public Failure? Failure { get; private set; }

    public Payload? Output { get; private set; }

    /// <summary>Calls whose results are outstanding, in the order of the calls.</summary>
    public IEnumerable<HistoryEvent.Action> OpenActions => _open.Values.Select(task => task.Action).Where(action => IsOpen(action.TaskId));

    /// <summary>The same by their numbers, as they are now.</summary>
    public Dictionary<int, OpenTask> OpenTasks() => new(_open);

    public bool IsOpen(int taskId) => _open.ContainsKey(taskId) && !_heldBack.HasResultOf(taskId);

    /// <summary>Puts the code where it stood when the last of these was committed.</summary>
    public void Replay(IEnumerable<HistoryEvent> history)
    {
        try
        {
            foreach (var item in history)
            {
                Take(item);
            }

            VerifyNothingLeft();
        }
        catch (NonDeterministicOrchestrationException exception)
        {
            Failure ??= Failure.Of(exception) with { IsFinal = true };
        }

        IsReplaying = false;
    }

    /// <summary>Lets the code see something new.</summary>
    public void Apply(HistoryEvent item) => Take(item);

    /// <summary>What the code did since it was last asked.</summary>
    public IReadOnlyList<HistoryEvent.Action> TakeActions() => _actions.Take();

    /// <summary>The number of the next call of the context.</summary>
    public int NextTaskId() => _nextTaskId++;

    /// <summary>Notes an action that nothing is awaited of.</summary>
    public void Do(HistoryEvent.Action action) => _actions.Add(action);

    public OpenTask Open(HistoryEvent.Action action)
    {
        Do(action);
        var task = new OpenTask(action, Time);
        _open.Add(action.TaskId, task);
        return task;
    }

    public void Cancel(OpenTask task, CancellationToken cancellationToken)
    {
        if (_open.Remove(task.Action.TaskId))
        {
            task.Cancel(cancellationToken);
        }
    }

    /// <summary>Ends the execution for what its code may not do.</summary>
    public void FailBy(string rule) => Failure ??= Failure.Of(new InvalidOperationException(rule)) with { IsFinal = true };

    private void Take(HistoryEvent item)
    {
        if (Failure is not null && item is not HistoryEvent.EpisodeStarted)
        {
            return;
        }

        switch (item)
        {
            case HistoryEvent.EpisodeStarted started:
                VerifyNothingLeft();
                Time = started.Time;
                if (_body is null && Failure is null)
                {
                    Pump(() => _body = _start());
                }

                break;
            case HistoryEvent.Action action:
                Match(action);
                break;
            case HistoryEvent.Suspended:
                IsSuspended = true;
                break;
            case HistoryEvent.Resumed:
                IsSuspended = false;
                foreach (var held in _heldBack.Release())
                {
                    Deliver(held);
                }

                break;
            default:
                if (IsSuspended)
                {
                    _heldBack.Add(item);
                }
                else
                {
                    Deliver(item);
                }

                break;
        }
    }

    private void Deliver(HistoryEvent item) => Pump(() =>
    {
        switch (item)
        {
            case HistoryEvent.TaskCompleted completed:
                Complete(completed.TaskId, new TaskOutcome(completed.Result?.Value, null));
                break;
            case HistoryEvent.TaskFailed failed:
                Complete(failed.TaskId, new TaskOutcome(null, failed.Failure));
                break;
            case HistoryEvent.TimerFired fired:
                Complete(fired.TaskId, new TaskOutcome(null, null));
                break;
            case HistoryEvent.EventRaised raised:
                _events.Raise(raised);
                break;
            default:
                break;
        }
    });

    private void Complete(int taskId, TaskOutcome outcome)
    {
        if (_open.Remove(taskId, out var task))
        {
            task.Complete(outcome);
        }
    }

    private void Pump(Action step)
    {
        _thread.Run(step);
        if (_thread.HasForeign)
        {
            FailBy(OrchestratorRules.IllegalAwait);
        }
        else if (_thread.Unhandled is { } unhandled)
        {
            Failure ??= Failure.Of(unhandled);
        }
        else if (_body is not { IsCompleted: true })
        {
            if (_open.Count == 0 && !_events.HasWaits)
            {
                FailBy(OrchestratorRules.Stuck);
            }
        }
        else if (_open.Count == 0 && !_hasEnded)
        {
            End();
        }
    }

    private void End()
    {
        _hasEnded = true;
        try
        {
            Output = Payload.Of(_converter.Serialize(_body!.GetAwaiter().GetResult()));
        }
        catch (Exception exception)
        {
            Failure = Failure.Of(exception);
        }
    }

    private void Match(HistoryEvent.Action expected)
    {
        if (Failure is not null)
        {
            return;
        }

        _actions.Match(expected, Head.Name, hasReturned: _body is { IsCompleted: true });

        // What was committed stands: the input that was stored, the time that was decided.
        if (_open.TryGetValue(expected.TaskId, out var open))
        {
            open.Action = expected;
        }
    }

    private void VerifyNothingLeft()
    {
        if (Failure is not null || !IsReplaying || _body is null)
        {
            return;
        }

        _actions.VerifyNone(Head.Name);
        if (State != RunState.Waiting)
        {
            throw new NonDeterministicOrchestrationException(
                $"History expects the orchestrator to wait at this point; the replay found its end. Has the code of orchestrator '{Head.Name}' changed?");
        }
    }
}

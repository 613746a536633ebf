using System.Diagnostics;
using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;

namespace EmbeddedFunctions.Durability.Tracing;

/// <summary>
/// The span of one execution. It begins with the first episode and is reported once, at the end; a process that takes the execution over begins it anew, with
/// the same id and time, and one that gives it up drops it.
/// </summary>
internal sealed class ExecutionTrace
{
    private readonly Activity? _span;

    /// <param name="head">The execution.</param>
    /// <param name="began">The time of its first episode.</param>
    public ExecutionTrace(InstanceHead head, DateTime began)
    {
        var outer = Activity.Current;
        _span = DurableSpans.StartExecution(head, began);
        Activity.Current = outer;
        Context = _span?.Context ?? head.Trace?.Context ?? default;
    }

    /// <summary>What belongs to the execution is a child of this; default when it belongs to no trace.</summary>
    public ActivityContext Context { get; }

    /// <summary>Whether anybody listens.</summary>
    public bool IsReported => _span is not null;

    /// <summary>Runs a piece of the execution's code, which takes the span along to its later pieces.</summary>
    public void Run(Action piece)
    {
        var outer = Activity.Current;
        Activity.Current = _span;
        try
        {
            piece();
        }
        finally
        {
            Activity.Current = outer;
        }
    }

    /// <summary>Reports what has ended by an episode that was committed.</summary>
    /// <param name="head">The execution that it was an episode of.</param>
    /// <param name="committed">The instance after it.</param>
    /// <param name="events">What it added to history.</param>
    /// <param name="calls">The calls that were open before it.</param>
    public void Report(InstanceHead head, InstanceHead committed, IReadOnlyList<HistoryEvent> events, IReadOnlyDictionary<int, OpenTask> calls)
    {
        if (_span is null)
        {
            return;
        }

        var outer = Activity.Current;
        foreach (var item in events)
        {
            var (taskId, failure) = item switch
            {
                HistoryEvent.TaskCompleted completed => (completed.TaskId, null),
                HistoryEvent.TaskFailed failed => (failed.TaskId, failed.Failure),
                HistoryEvent.TimerFired fired => (fired.TaskId, null),
                _ => (-1, (Failure?)null),
            };
            if (calls.TryGetValue(taskId, out var call))
            {
                DurableSpans.ReportCall(Context, head, call.Action, call.Since, failure);
            }
            else if (item is HistoryEvent.EventSent sent)
            {
                DurableSpans.ReportSent(Context, head, sent);
            }
        }

        if (committed.IsTerminal || committed.Execution != head.Execution)
        {
            DurableSpans.EndExecution(_span, committed, committed.IsTerminal ? committed.Status : InstanceStatus.Completed);
        }

        Activity.Current = outer;
    }
}

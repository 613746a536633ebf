using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>An action whose result is outstanding.</summary>
/// <param name="action">The action.</param>
/// <param name="since">The time of the episode that decided it.</param>
internal sealed class OpenTask(HistoryEvent.Action action, DateTime since)
{
    // Continuations run where the result is set, which is the orchestrator's thread: asynchronous ones would leave it.
    private readonly TaskCompletionSource<TaskOutcome> _source = new();

    public HistoryEvent.Action Action { get; set; } = action;

    public DateTime Since => since;

    public Task<TaskOutcome> Task => _source.Task;

    public void Complete(TaskOutcome outcome) => _source.TrySetResult(outcome);

    public void Cancel(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);
}

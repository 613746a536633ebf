using DurableTask.Core.Exceptions;
using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>What the code did by calls of its context since it was last asked; in a replay, until history has been found to say the same.</summary>
internal sealed class DecidedActions
{
    private readonly SortedDictionary<int, HistoryEvent.Action> _actions = [];

    public void Add(HistoryEvent.Action action) => _actions.Add(action.TaskId, action);

    public IReadOnlyList<HistoryEvent.Action> Take()
    {
        HistoryEvent.Action[] actions = [.. _actions.Values];
        _actions.Clear();
        return actions;
    }

    /// <summary>Takes the one that history expects.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The code did something else.</exception>
    public void Match(HistoryEvent.Action expected, string orchestrator, bool hasReturned)
    {
        if (!_actions.Remove(expected.TaskId, out var found))
        {
            throw NotAsBefore(expected, hasReturned ? "the end of the orchestrator" : "nothing (yet)", orchestrator);
        }

        if (!string.Equals(expected.Describe(), found.Describe(), StringComparison.OrdinalIgnoreCase))
        {
            throw NotAsBefore(expected, $"{found.Describe()} (#{found.TaskId})", orchestrator);
        }
    }

    /// <exception cref="NonDeterministicOrchestrationException">The code did what history does not have.</exception>
    public void VerifyNone(string orchestrator)
    {
        if (_actions.Count > 0)
        {
            var found = _actions.First().Value;
            throw new NonDeterministicOrchestrationException(
                $"History has nothing at this point; the replay found {found.Describe()} (#{found.TaskId}). Has the code of orchestrator '{orchestrator}' changed?");
        }
    }

    private static NonDeterministicOrchestrationException NotAsBefore(HistoryEvent.Action expected, string found, string orchestrator) => new(
        $"History expects {expected.Describe()} (#{expected.TaskId}); the replay found {found}. Has the code of orchestrator '{orchestrator}' changed?");
}

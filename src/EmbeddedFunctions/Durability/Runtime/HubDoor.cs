using System.Collections.Concurrent;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>What the parts of one process tell each other at once, and would otherwise find in storage a little later.</summary>
internal sealed class HubDoor
{
    private static readonly TaskCompletionSource s_never = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _changes = new(StringComparer.Ordinal);
    private HubTerm? _term;

    /// <summary>Set while this process owns the hub.</summary>
    public HubTerm? Term
    {
        get => Volatile.Read(ref _term);
        set => Volatile.Write(ref _term, value);
    }

    /// <summary>Tells the owner, if it is here, of a wake row that was written, and of an instance that was made.</summary>
    public void Wake(string instanceId, string wakeKey, StoredInstance? fresh = null) =>
        Term?.Wake(instanceId, wakeKey, timerKey: null, isNews: true, fresh);

    /// <summary>Completes at the next change of the instance's status that this process makes; never when it does not own the hub.</summary>
    public Task NextChange(string instanceId) => Term is null
        ? s_never.Task
        : _changes.GetOrAdd(instanceId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void ReportChange(string instanceId)
    {
        if (_changes.TryRemove(instanceId, out var change))
        {
            change.TrySetResult();
        }
    }
}

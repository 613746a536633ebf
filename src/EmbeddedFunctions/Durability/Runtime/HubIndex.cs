using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// The index of instances to look at: at once (wake rows) or at a time (timer rows). An entry too many costs a look; one too few must not be. So whoever
/// gives an instance work writes its entry before calling the work given, and the owner removes an entry only when it has seen that nothing is to be done.
/// </summary>
internal sealed class HubIndex(IHubStore store, HubClock clock, HubDoor door)
{
    /// <summary>How many timer rows are read at once.</summary>
    public const int RowsAtOnce = 500;

    /// <summary>
    /// Makes the owner look at an instance whose work is already stored. It writes an entry also when the instance is at work here, because another process
    /// may be about to put it to sleep.
    /// </summary>
    public async Task WakeAsync(string instanceId, CancellationToken cancellationToken) =>
        door.Wake(instanceId, await AddWakeAsync(instanceId, cancellationToken));

    /// <returns>The key of the entry.</returns>
    public async Task<string> AddWakeAsync(string instanceId, CancellationToken cancellationToken)
    {
        var key = HubKeys.Wake(clock.NextTicks());
        await store.CommitAsync(HubKeys.WakePartition, [RowWrite.Insert(key, DurableJson.Write(new HintRow(instanceId)))], cancellationToken);
        return key;
    }

    /// <returns>The key of the entry, which may have been there before.</returns>
    public async Task<string> AddTimerAsync(string instanceId, string generation, DateTime due, CancellationToken cancellationToken)
    {
        var key = HubKeys.Timer(due, generation);
        await store.CommitAsync(HubKeys.TimerPartition, [RowWrite.Insert(key, DurableJson.Write(new HintRow(instanceId)))], cancellationToken);
        return key;
    }

    /// <param name="keys">At most 100; some may be gone.</param>
    /// <param name="cancellationToken">Leaves the rest.</param>
    public async Task RemoveWakesAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count > 1
            && await store.CommitAsync(HubKeys.WakePartition, [.. keys.Select(key => RowWrite.Delete(key))], cancellationToken) is not null)
        {
            return;
        }

        foreach (var key in keys)
        {
            await store.CommitAsync(HubKeys.WakePartition, [RowWrite.Delete(key)], cancellationToken);
        }
    }

    public async Task RemoveTimersAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            await store.CommitAsync(HubKeys.TimerPartition, [RowWrite.Delete(key)], cancellationToken);
        }
    }

    /// <summary>Entries that were written since a time, by the clocks of those who wrote them.</summary>
    public Task<IReadOnlyList<HubRow>> WakesSinceAsync(long ticks, CancellationToken cancellationToken) =>
        store.QueryAsync(HubKeys.WakePartition, HubKeys.WakeFrom(ticks), ":", limit: null, cancellationToken);

    /// <summary>The first entries that are due before a time, from a key on.</summary>
    public Task<IReadOnlyList<HubRow>> TimersBeforeAsync(string from, DateTime time, CancellationToken cancellationToken) =>
        store.QueryAsync(HubKeys.TimerPartition, from, HubKeys.TimerBefore(time), RowsAtOnce, cancellationToken);
}

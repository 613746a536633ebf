using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// Finds work in the index: what is left of an earlier owner, what other processes add, and whoever sleeps until about now. It looks less often while it finds
/// nothing; what happens in this process does not wait for it.
/// </summary>
internal sealed class HubPoller(HubTerm term, HubServices services)
{
    /// <summary>How long an entry may be there before its instance is.</summary>
    public static readonly TimeSpan LifeOfEarlyEntry = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// By how much the clocks of the processes may differ, and how long a write may take, before only a full look finds its entry. Every look reads what was
    /// written in this time, the entries of instances that are at work here included, so it is short.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FullLookInterval = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        var nextFullLook = DateTime.MinValue;
        while (true)
        {
            var now = services.Clock.UtcNow;
            var isFull = now >= nextFullLook;
            var found = await WakeAsync(isFull ? 0 : (now - Overlap).Ticks, cancellationToken) | await WakeDueAsync(now, cancellationToken);
            nextFullLook = isFull ? now + FullLookInterval : nextFullLook;
            wait = found ? FirstWait : wait * 1.5 < services.Tuning.LongestPoll ? wait * 1.5 : services.Tuning.LongestPoll;
            await Task.Delay(wait, services.Clock.Provider, cancellationToken);
        }
    }

    private async Task<bool> WakeAsync(long since, CancellationToken cancellationToken)
    {
        var found = false;
        foreach (var row in await services.Index.WakesSinceAsync(since, cancellationToken))
        {
            found |= term.Wake(DurableJson.Read<HintRow>(row.Data).InstanceId, row.Key, timerKey: null, isNews: false);
        }

        return found;
    }

    private async Task<bool> WakeDueAsync(DateTime now, CancellationToken cancellationToken)
    {
        var found = false;
        var from = "0";
        while (!term.IsCrowded)
        {
            var rows = await services.Index.TimersBeforeAsync(from, now + services.Tuning.TimerLead, cancellationToken);
            foreach (var row in rows)
            {
                found |= term.Wake(DurableJson.Read<HintRow>(row.Data).InstanceId, wakeKey: null, row.Key, isNews: false);
            }

            if (rows.Count < HubIndex.RowsAtOnce)
            {
                break;
            }

            from = rows[^1].Key + ' ';
        }

        return found;
    }
}

using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>The ways in which an instance leaves memory.</summary>
internal sealed class SessionRelease(HubTerm term, HubServices services)
{
    private readonly EpisodeCommit _commit = new(services);

    /// <summary>
    /// Puts it to sleep. Its timer row is written before its wake rows go, so that it is in the index all the time. In between stands a commit that changes
    /// nothing: where two processes take themselves for the owner, only one that knows the latest state passes it, and whatever the other one has begun
    /// does not happen without a look at what is in the index then.
    /// </summary>
    /// <returns>Whether it stays, because it has work again.</returns>
    public async Task<bool> SleepAsync(InstanceSession session, CancellationToken cancellationToken)
    {
        var (head, etag) = session.Version!.Value;
        var kept = session.NextDue is { } due
            ? await services.Index.AddTimerAsync(session.InstanceId, head.Generation, due, cancellationToken)
            : null;
        if (session.BeginRelease(isEnded: false) is not { } entries)
        {
            return true;
        }

        var isReleased = false;
        var isGone = false;
        try
        {
            var asleep = head with { Commit = Guid.NewGuid().ToString("N") };
            isReleased = await _commit.CommitAsync(asleep, etag, cancellationToken) is not null ? true : throw new HubConflictException();
            term.RemoveLater(entries.WakeKeys);
            await services.Index.RemoveTimersAsync(entries.TimerKeys.Where(key => key != kept), cancellationToken);
        }
        finally
        {
            await session.UnloadAsync();
            isGone = session.EndRelease(isReleased);
        }

        return !isGone;
    }

    /// <summary>Lets go of one that has ended.</summary>
    public async Task EndAsync(InstanceSession session, CancellationToken cancellationToken)
    {
        term.TakeForeign(session.InstanceId, execution: 0);
        var entries = session.BeginRelease(isEnded: true)!.Value;
        term.RemoveLater(entries.WakeKeys);
        await services.Index.RemoveTimersAsync(entries.TimerKeys, cancellationToken);
        session.EndRelease(isReleased: true);
    }

    /// <summary>There is no such instance: it was purged, or it is only just being started.</summary>
    public async Task ForgetAsync(InstanceSession session, CancellationToken cancellationToken)
    {
        var oldest = (services.Clock.UtcNow - HubPoller.LifeOfEarlyEntry).Ticks;
        var (wakeKeys, timerKeys) = session.Abandon(key => HubKeys.TicksOf(key) < oldest);
        term.RemoveLater(wakeKeys);
        await services.Index.RemoveTimersAsync(timerKeys, cancellationToken);
    }
}

using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>Runs a session, one episode at a time: read if it must be, play, commit, and only then do what was decided.</summary>
internal sealed class SessionRunner(HubTerm term, HubServices services, IDurableFunctions functions)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly InstancePurge _purge = new(services);
    private readonly EpisodeCommit _commit = new(services);
    private readonly InstanceRestorer _restorer = new(term, services, functions);
    private readonly Outbox _outbox = new(services, new Mailbox(services), new InstanceStarter(services, new InstancePurge(services)));
    private int _running;

    /// <summary>Sessions under way.</summary>
    public int Running => Volatile.Read(ref _running);

    public async Task RunAsync(InstanceSession session, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        var work = session.Begin();
        try
        {
            var hasMore = work.ShallRelease ? await ReleaseAsync(session, cancellationToken) : await StepAsync(session, work, cancellationToken);
            session.Failures = 0;
            session.End(undone: null, hasMore);
        }
        catch (Exception exception) when (exception is HubConflictException or InstanceGoneException)
        {
            HubLog.Conflict(services.Logger, session.InstanceId);
            await UnloadAsync(session);
            await RepeatAsync(session, work, TimeSpan.FromMilliseconds(20), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, session.Failures++)));
            HubLog.Broken(services.Logger, session.InstanceId, wait, exception);
            await UnloadAsync(session);
            _ = RepeatAsync(session, work, wait, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static async Task UnloadAsync(InstanceSession session)
    {
        if (session.Live is { } live)
        {
            session.Live = null;
            await live.DisposeAsync();
        }
    }

    private async Task RepeatAsync(InstanceSession session, SessionWork work, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(wait, services.Clock.Provider, cancellationToken);
            session.End(work, hasMore: true);
        }
        catch (OperationCanceledException)
        {
            // The term has ended.
        }
    }

    /// <returns>Whether there is more to do.</returns>
    private async Task<bool> StepAsync(InstanceSession session, SessionWork work, CancellationToken cancellationToken)
    {
        IReadOnlyList<HubRow>? rows = null;
        if (session.Live is null)
        {
            var stored = work.Fresh;
            if (stored is null)
            {
                stored = await InstanceLoader.LoadAsync(services, session.InstanceId, cancellationToken);
                rows = stored?.Messages;
            }

            if (stored is null)
            {
                await ForgetAsync(session, cancellationToken);
                return false;
            }

            if (await RestoreAsync(session, stored, work.Fresh, cancellationToken))
            {
                return false;
            }
        }

        rows ??= work.HasMail
            ? await services.Store.QueryAsync(
                HubKeys.Instance(session.InstanceId), HubKeys.MessagesFrom, HubKeys.MessagesTo, EpisodeCommit.MostMessages + 1, cancellationToken)
            : [];
        return await PlayAsync(session, session.Live!, work, rows, cancellationToken);
    }

    /// <returns>Whether it has ended, and nothing is left to do.</returns>
    private async Task<bool> RestoreAsync(InstanceSession session, StoredInstance stored, StoredInstance? fresh, CancellationToken cancellationToken)
    {
        var (head, etag) = (stored.Head, stored.ETag);
        if (head.HasOutgoing && head.Status != InstanceStatus.Purging)
        {
            var (execution, episode) = stored.CarryOver is { } carried ? (carried.SenderExecution, carried.Outgoing) : (head.Execution, stored.LastEpisode);
            (head, etag) = await DeliverAsync(head, etag, execution, episode, cancellationToken);
        }

        if (head.IsTerminal)
        {
            await ReleaseEndedAsync(session, cancellationToken);
            return true;
        }

        if (head.HasGarbage)
        {
            await new GarbageCollection(services, _purge).RunAsync(stored, cancellationToken);
            head = head with { HasGarbage = false, OldGenerations = [] };
        }

        if (session.Version?.ETag != etag && !ReferenceEquals(stored, fresh))
        {
            session.Entry = null;
        }

        session.Version = (head, etag);
        session.Live = await _restorer.RestoreAsync(head, etag, stored, cancellationToken);
        _restorer.Resume(session, session.Live, isLoaded: true);
        return false;
    }

    private async Task<bool> PlayAsync(
        InstanceSession session, LiveExecution live, SessionWork work, IReadOnlyList<HubRow> rows, CancellationToken cancellationToken)
    {
        var head = live.Head;
        if (live.Run.Thread.HasForeign || term.TakeForeign(session.InstanceId, head.Execution))
        {
            live.Run.FailBy(OrchestratorRules.IllegalAwait);
        }

        var messages = await _restorer.ReadAsync(rows.Take(EpisodeCommit.MostMessages), cancellationToken);
        var isFirst = live.Run.Time == default;
        if (isFirst && head.StartAt > services.Clock.UtcNow && !messages.Any(item => item.Message is InboxMessage.Terminate))
        {
            return false;
        }

        var calls = live.Trace.IsReported ? live.Run.OpenTasks() : [];
        var episode = new Episode(live.Run, services.Clock.UtcNow);
        HistoryEvent[] results = [.. work.Results.Where(result => result.Execution == head.Execution).Select(result => result.Event)];
        var carried = isFirst ? live.CarryOver?.Events ?? [] : [];
        live.Play(episode, it => it.Play(isFirst, carried, results, messages));
        if (episode.HasHappened)
        {
            await session.EnterAsync(services.Index, cancellationToken);
            var hasCarryOver = head.Episodes == 0 && live.CarryOver is not null;
            var committed = await _commit.CommitAsync(head, live.ETag, hasCarryOver, live.Run, episode, cancellationToken) ?? throw new HubConflictException();
            live.Trace.Report(head, committed.Head, committed.Events, calls);
            if (rows.Count <= messages.Count)
            {
                term.RemoveLater(session.DropEntries(work.WakeKeys));
            }

            await FollowAsync(session, live, committed, episode, cancellationToken);
        }

        if (session.Live is not null && (term.IsCrowded || !services.Tuning.KeepsExecutions))
        {
            await UnloadAsync(session);
        }

        return rows.Count > messages.Count || episode.ContinuesAsNew;
    }

    /// <summary>Does what a committed episode has decided.</summary>
    private async Task FollowAsync(
        InstanceSession session, LiveExecution live, CommittedEpisode committed, Episode episode, CancellationToken cancellationToken)
    {
        var (before, head) = (live.Head, committed.Head);
        (live.Head, live.ETag) = (head, committed.ETag);
        foreach (var activity in committed.Events.OfType<HistoryEvent.ActivityScheduled>())
        {
            term.Run(session, before, activity);
        }

        if (head.HasOutgoing)
        {
            (live.Head, live.ETag) = await DeliverAsync(head, committed.ETag, before.Execution, committed.Events, cancellationToken);
        }

        session.Version = (live.Head, live.ETag);
        await DeleteReplacedAsync(before, head, cancellationToken);
        if (before.Status != head.Status)
        {
            Report(before, head);
        }

        if (head.IsTerminal)
        {
            await UnloadAsync(session);
            await ReleaseEndedAsync(session, cancellationToken);
        }
        else if (episode.ContinuesAsNew)
        {
            await UnloadAsync(session);
        }
        else
        {
            _restorer.Resume(session, live, isLoaded: false);
        }
    }

    private async Task<(InstanceHead Head, string ETag)> DeliverAsync(
        InstanceHead head, string etag, int execution, IReadOnlyList<HistoryEvent> episode, CancellationToken cancellationToken)
    {
        await _outbox.DeliverAsync(head, execution, episode, cancellationToken);
        var delivered = head with { HasOutgoing = false, Commit = Guid.NewGuid().ToString("N") };
        return (delivered, await _commit.CommitAsync(delivered, etag, cancellationToken) ?? throw new HubConflictException());
    }

    private async Task DeleteReplacedAsync(InstanceHead before, InstanceHead head, CancellationToken cancellationToken)
    {
        if (before.CustomStatus?.Blob is { } status && status != head.CustomStatus?.Blob)
        {
            await services.Store.DeleteBlobAsync(status, cancellationToken);
        }

        if (before.Input?.Blob is { } input && input != head.Input?.Blob)
        {
            await services.Store.DeleteBlobAsync(input, cancellationToken);
        }
    }

    private void Report(InstanceHead before, InstanceHead head)
    {
        if (before.Status == InstanceStatus.Pending)
        {
            HubLog.Started(services.Logger, head.Name, head.InstanceId);
        }

        if (head.Failure is { } failure)
        {
            HubLog.Failed(services.Logger, head.Name, head.InstanceId, failure.Type);
        }
        else if (head.IsTerminal)
        {
            HubLog.Ended(services.Logger, head.Name, head.InstanceId, head.Status);
        }

        services.Door.ReportChange(head.InstanceId);
    }

    /// <summary>
    /// Puts it to sleep. Its timer row is written before its wake rows go, so that it is in the index all the time. In between stands a commit that changes
    /// nothing: where two processes take themselves for the owner, only one that knows the latest state passes it, and whatever the other one has begun
    /// does not happen without a look at what is in the index then.
    /// </summary>
    private async Task<bool> ReleaseAsync(InstanceSession session, CancellationToken cancellationToken)
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
            await UnloadAsync(session);
            isGone = session.EndRelease(isReleased);
        }

        return !isGone;
    }

    private async Task ReleaseEndedAsync(InstanceSession session, CancellationToken cancellationToken)
    {
        term.TakeForeign(session.InstanceId, execution: 0);
        var entries = session.BeginRelease(isEnded: true)!.Value;
        term.RemoveLater(entries.WakeKeys);
        await services.Index.RemoveTimersAsync(entries.TimerKeys, cancellationToken);
        session.EndRelease(isReleased: true);
    }

    /// <summary>There is no such instance: it was purged, or it is only just being started.</summary>
    private async Task ForgetAsync(InstanceSession session, CancellationToken cancellationToken)
    {
        var oldest = (services.Clock.UtcNow - HubPoller.LifeOfEarlyEntry).Ticks;
        var (wakeKeys, timerKeys) = session.Abandon(key => HubKeys.TicksOf(key) < oldest);
        term.RemoveLater(wakeKeys);
        await services.Index.RemoveTimersAsync(timerKeys, cancellationToken);
    }
}

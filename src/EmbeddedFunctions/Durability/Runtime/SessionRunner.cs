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
    private readonly SessionRelease _release = new(term, services);
    private readonly EpisodeOutcome _outcome = new(term, services);
    private int _running;

    /// <summary>Sessions under way.</summary>
    public int Running => Volatile.Read(ref _running);

    public async Task RunAsync(InstanceSession session, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        var work = session.Begin();
        try
        {
            var hasMore = work.ShallRelease ? await _release.SleepAsync(session, cancellationToken) : await StepAsync(session, work, cancellationToken);
            session.Failures = 0;
            session.End(undone: null, hasMore);
        }
        catch (Exception exception) when (exception is HubConflictException or InstanceGoneException)
        {
            HubLog.Conflict(services.Logger, session.InstanceId);
            await session.UnloadAsync();
            await RepeatAsync(session, work, TimeSpan.FromMilliseconds(20), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, session.Failures++)));
            HubLog.Broken(services.Logger, session.InstanceId, wait, exception);
            await session.UnloadAsync();
            _ = RepeatAsync(session, work, wait, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
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
                await _release.ForgetAsync(session, cancellationToken);
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
            (head, etag) = await _outcome.DeliverAsync(head, etag, execution, episode, cancellationToken);
        }

        if (head.IsTerminal)
        {
            await _release.EndAsync(session, cancellationToken);
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

            await _outcome.FollowAsync(session, live, committed, cancellationToken);
            if (committed.Head.IsTerminal)
            {
                await session.UnloadAsync();
                await _release.EndAsync(session, cancellationToken);
            }
            else if (episode.ContinuesAsNew)
            {
                await session.UnloadAsync();
            }
            else
            {
                _restorer.Resume(session, live, isLoaded: false);
            }
        }

        if (session.Live is not null && (term.IsCrowded || !services.Tuning.KeepsExecutions))
        {
            await session.UnloadAsync();
        }

        return rows.Count > messages.Count || episode.ContinuesAsNew;
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// The time during which this process owns the hub, and everything that works in it. When it ends, what is in memory is dropped; storage has all that counts.
/// </summary>
internal sealed class HubTerm : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, InstanceSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _foreign = new(StringComparer.Ordinal);
    private readonly Channel<InstanceSession> _ready = Channel.CreateUnbounded<InstanceSession>();
    private readonly HubServices _services;
    private readonly SessionRunner _runner;
    private readonly HubPoller _poller;
    private readonly ActivityQueue _activities;
    private readonly DueTimes _dueTimes;
    private readonly WakeRemoval _removals;

    public HubTerm(HubServices services, IDurableFunctions functions)
    {
        _services = services;
        _activities = new ActivityQueue(services, functions);
        _runner = new SessionRunner(this, services, functions);
        _poller = new HubPoller(this, services);
        _dueTimes = new DueTimes(services.Clock.Provider);
        _removals = new WakeRemoval(services);
    }

    public TimeProvider Clock => _services.Clock.Provider;

    public DurableTuning Tuning => _services.Tuning;

    /// <summary>Whether there are so many instances in memory that each is to take no more of it than it must.</summary>
    public bool IsCrowded => _sessions.Count > Tuning.MostSessions;

    /// <param name="stopping">Cancelled when the process stops: activities are told, what can be committed is.</param>
    /// <param name="lost">Cancelled when the hub is lost, or stopping has taken too long: everything ends.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken lost)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(lost);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(lost, stopping);
        Task[] parts =
        [
            Loop(_poller.RunAsync, ending.Token),
            Loop(SweepAsync, ending.Token),
            Loop(_removals.RunAsync, ended.Token),
            .. Enumerable.Range(0, _services.Settings.MaxOrchestrators).Select(_ => Loop(WorkAsync, ended.Token)),
        ];

        // Results of activities that end in time are still committed, so the workers go last.
        await _activities.RunAsync(ending.Token, lost);
        await DrainAsync(lost);
        await ended.CancelAsync();
        await Task.WhenAll(parts);
        if (!lost.IsCancellationRequested)
        {
            await TryAsync(() => _removals.FlushAsync(lost));
        }
    }

    public void Dispose() => _dueTimes.Dispose();

    /// <summary>Takes over an entry of the index.</summary>
    /// <returns>Whether it was not known here.</returns>
    public bool Wake(string instanceId, string? wakeKey, string? timerKey, bool isNews, StoredInstance? fresh = null)
    {
        if (wakeKey is not null && _removals.Contains(wakeKey))
        {
            return false;
        }

        while (true)
        {
            var isNew = !_sessions.ContainsKey(instanceId);
            if (_sessions.GetOrAdd(instanceId, static (id, term) => new InstanceSession(term, id), this).TryWake(wakeKey, timerKey, isNews, fresh))
            {
                return isNew;
            }
        }
    }

    /// <summary>Removes wake rows, many at once and a little later: until then they are known to mean nothing.</summary>
    public void RemoveLater(IReadOnlyList<string> wakeKeys) => _removals.Add(wakeKeys);

    public void Enqueue(InstanceSession session) => _ready.Writer.TryWrite(session);

    public void Remove(InstanceSession session) => _sessions.TryRemove(KeyValuePair.Create(session.InstanceId, session));

    /// <summary>Makes sure that the session is told when it is due, if that is soon; the sweep comes by for the others.</summary>
    public void Arm(InstanceSession session)
    {
        if (session.NextDue is { } due && due < _services.Clock.UtcNow + Tuning.TimerLead + Tuning.SweepInterval)
        {
            _dueTimes.Add(session, due);
        }
    }

    public void Run(InstanceSession session, InstanceHead head, HistoryEvent.ActivityScheduled activity)
    {
        if (session.TryDispatch(head.Execution, activity.TaskId))
        {
            _activities.Enqueue(new ActivityWork(session, head, activity));
        }
    }

    /// <summary>Notes that something foreign has come back to an orchestrator, perhaps after it has left memory.</summary>
    public void ReportForeign(string instanceId, int execution)
    {
        _foreign[instanceId] = execution;
        _ = Task.Run(() => TryAsync(() => _services.Index.WakeAsync(instanceId, CancellationToken.None)));
    }

    /// <returns>Whether something foreign has come back to this execution.</returns>
    public bool TakeForeign(string instanceId, int execution) => _foreign.TryRemove(instanceId, out var reported) && reported == execution;

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await foreach (var session in _ready.Reader.ReadAllAsync(cancellationToken))
        {
            await _runner.RunAsync(session, cancellationToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tuning.SweepInterval, Clock);
        var wasCrowded = false;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            wasCrowded |= IsCrowded;
            if (wasCrowded && _sessions.IsEmpty)
            {
                // A process that does nothing makes no garbage, so what the crowd has left would never be collected.
                wasCrowded = false;
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            var now = _services.Clock.UtcNow;
            var idleTime = _sessions.Count > Tuning.MostSessions / 2 ? TimeSpan.Zero : Tuning.IdleTime;
            foreach (var session in _sessions.Values)
            {
                Arm(session);
                session.TryRelease(now, idleTime);
            }
        }
    }

    /// <summary>Waits until no episode is due or under way.</summary>
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_ready.Reader.Count > 0 || _runner.Running > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), Clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The rest is given up.
        }
    }

    /// <summary>Runs a part of the term until it is cancelled, also when it fails in a way that nobody has thought of.</summary>
    private Task Loop(Func<CancellationToken, Task> part, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await TryAsync(() => part(cancellationToken));
                await Task.Delay(Pause, Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        },
        CancellationToken.None);

    private async Task TryAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (OperationCanceledException)
        {
            // The term ends.
        }
        catch (Exception exception)
        {
            HubLog.PartFailed(_services.Logger, _services.Settings.HubName, exception);
        }
    }
}

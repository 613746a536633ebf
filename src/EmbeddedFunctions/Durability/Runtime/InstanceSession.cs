using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// An instance that is at work in this process. It has an entry in the index as long as it is here, so that everything it holds in memory can be lost. One
/// worker at a time runs it; everyone may give it something.
/// </summary>
internal sealed class InstanceSession(HubTerm term, string instanceId)
{
    private readonly Lock _lock = new();
    private readonly List<TaskResult> _results = [];
    private readonly SessionEntries _entries = new();
    private readonly SessionTimers _timers = new();
    private readonly HashSet<(int Execution, int TaskId)> _dispatched = [];
    private StoredInstance? _fresh;
    private bool _hasMail;
    private bool _hasBegun;
    private bool _isQueued;
    private bool _isRunning;
    private bool _isGone;
    private bool _shallRelease;
    private int _runningActivities;
    private long _idleSince;

    public string InstanceId { get; } = instanceId;

    /// <summary>The head as it was last read or written here, and its version; for the worker that runs it.</summary>
    public (InstanceHead Head, string ETag)? Version { get; set; }

    /// <summary>
    /// The entry that nobody removes without a commit of their own; for the worker that runs it. Null when it must write one before it commits: what it has
    /// found in the index may be about to be removed by who put the instance to sleep.
    /// </summary>
    public string? Entry { get; set; }

    /// <summary>The execution in memory; for the worker that runs it. Null when it must be read first.</summary>
    public LiveExecution? Live { get; set; }

    /// <summary>Steps in a row that have failed.</summary>
    public int Failures { get; set; }

    /// <summary>For <see cref="DueTimes"/>: what it has noted already.</summary>
    public DateTime? ArmedFor { get; set; }

    /// <summary>When it must look again without being told; null for never.</summary>
    public DateTime? NextDue => _timers.NextDue;

    /// <summary>Drops the execution from memory; for the worker that runs it.</summary>
    public async Task UnloadAsync()
    {
        if (Live is { } live)
        {
            Live = null;
            await live.DisposeAsync();
        }
    }

    /// <summary>Takes over an entry of the index.</summary>
    /// <param name="wakeKey">The entry, if it is a wake row.</param>
    /// <param name="timerKey">The entry, if it is a timer row.</param>
    /// <param name="isNews">Whether something has just been stored for it. An entry that is merely seen again is none.</param>
    /// <param name="fresh">The instance, when it has just been made here and need not be read.</param>
    /// <returns>False when it is gone.</returns>
    public bool TryWake(string? wakeKey, string? timerKey, bool isNews, StoredInstance? fresh = null)
    {
        lock (_lock)
        {
            if (_isGone)
            {
                return false;
            }

            var isNew = _entries.Add(wakeKey, timerKey);
            if (fresh is not null && !_hasBegun)
            {
                _fresh = fresh;
                Entry = wakeKey;
                Enqueue();
            }
            else if ((isNew || isNews) && !_entries.AreReleased)
            {
                _hasMail = true;
                Enqueue();
            }

            return true;
        }
    }

    /// <summary>Gives it a result of a task.</summary>
    public void Post(int execution, HistoryEvent result, bool endsActivity)
    {
        lock (_lock)
        {
            if (endsActivity)
            {
                _runningActivities--;
            }

            if (!_isGone)
            {
                _results.Add(new TaskResult(execution, result));
                Enqueue();
            }
        }
    }

    public void OnDue(DateTime now)
    {
        lock (_lock)
        {
            if (_isGone || _entries.AreReleased)
            {
                return;
            }

            _results.AddRange(_timers.TakeDue(now));
            _hasMail = true;
            Enqueue();
        }
    }

    /// <summary>Asks it to go to sleep when it has waited for a while and will not be due soon.</summary>
    public void TryRelease(DateTime now, TimeSpan idleTime)
    {
        lock (_lock)
        {
            if (_isQueued || _isRunning || _isGone || _runningActivities > 0 || _results.Count > 0 || _hasMail
                || term.Clock.GetElapsedTime(_idleSince) < idleTime || NextDue < now + term.Tuning.TimerLead)
            {
                return;
            }

            _shallRelease = true;
            Enqueue();
        }
    }

    public bool TryDispatch(int execution, int taskId)
    {
        lock (_lock)
        {
            if (!_dispatched.Add((execution, taskId)))
            {
                return false;
            }

            _runningActivities++;
            return true;
        }
    }

    /// <summary>Says what it waits for, after an episode.</summary>
    public void WaitFor(int execution, IEnumerable<HistoryEvent.TimerCreated> timers, DateTime? startAt)
    {
        lock (_lock)
        {
            _timers.Set(execution, timers, startAt);
            _dispatched.RemoveWhere(item => item.Execution != execution);
        }

        term.Arm(this);
    }

    /// <summary>Begins a step: what it has to do.</summary>
    public SessionWork Begin()
    {
        lock (_lock)
        {
            _isQueued = false;
            _isRunning = true;
            var shallRelease = _shallRelease && !_hasMail && _results.Count == 0;
            var work = new SessionWork([.. _results], _hasMail, shallRelease, _fresh, _entries.Wakes);
            _fresh = null;
            _hasBegun = true;
            _shallRelease = false;
            _hasMail = false;
            _results.Clear();
            return work;
        }
    }

    /// <summary>Ends a step.</summary>
    /// <param name="undone">What was not done, to be done again; null when all is.</param>
    /// <param name="hasMore">Whether there may be more in the inbox.</param>
    public void End(SessionWork? undone, bool hasMore)
    {
        lock (_lock)
        {
            _isRunning = false;
            _idleSince = term.Clock.GetTimestamp();
            if (undone is not null)
            {
                _results.InsertRange(0, undone.Results);
            }

            _hasMail |= hasMore || undone is not null;
            if (!_isGone && (_hasMail || _results.Count > 0))
            {
                Enqueue();
            }
        }
    }

    /// <summary>Writes an entry of its own, unless it has one.</summary>
    public async Task EnterAsync(HubIndex index, CancellationToken cancellationToken)
    {
        if (Entry is null)
        {
            var key = await index.AddWakeAsync(InstanceId, cancellationToken);
            lock (_lock)
            {
                _entries.Own(key);
            }

            Entry = key;
        }
    }

    /// <summary>Drops entries whose messages a commit has taken in.</summary>
    /// <returns>Those to remove: all but its own.</returns>
    public IReadOnlyList<string> DropEntries(IReadOnlyList<string> wakeKeys)
    {
        lock (_lock)
        {
            return _entries.Drop(wakeKeys.Where(key => key != Entry));
        }
    }

    /// <summary>Begins to put it to sleep, or to forget it when it has ended. Entries that come from here on are kept apart.</summary>
    /// <returns>The entries that stand for nothing any more; null when it has got work meanwhile.</returns>
    public (IReadOnlyList<string> WakeKeys, IReadOnlyList<string> TimerKeys)? BeginRelease(bool isEnded)
    {
        lock (_lock)
        {
            if (!isEnded && (_hasMail || _results.Count > 0))
            {
                return null;
            }

            return _entries.Release();
        }
    }

    /// <param name="isReleased">Whether the entries were given up; false when it stays, with all of them.</param>
    /// <returns>False when somebody has work for it again, and it stays.</returns>
    public bool EndRelease(bool isReleased)
    {
        lock (_lock)
        {
            if (_entries.EndRelease(isReleased))
            {
                _hasMail = true;
                return false;
            }

            Leave();
            return true;
        }
    }

    /// <summary>Forgets it, unless it has got work meanwhile, and leaves the entries that <paramref name="isOld"/> is not true for.</summary>
    /// <returns>The entries to remove.</returns>
    public (IReadOnlyList<string> WakeKeys, IReadOnlyList<string> TimerKeys) Abandon(Func<string, bool> isOld)
    {
        lock (_lock)
        {
            if (_hasMail)
            {
                return ([], []);
            }

            Leave();
            return _entries.Where(isOld);
        }
    }

    private void Leave()
    {
        term.Remove(this);
        _isGone = true;
        _results.Clear();
        _timers.Clear();
    }

    private void Enqueue()
    {
        if (!_isQueued && !_isRunning)
        {
            _isQueued = true;
            term.Enqueue(this);
        }
    }
}

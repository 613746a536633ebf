namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>The entries of the index that a session stands for. Those that come while it gives them up are kept apart. Used under the session's lock.</summary>
internal sealed class SessionEntries
{
    private readonly HashSet<string> _wakes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lateWakes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _timers = new(StringComparer.Ordinal);

    /// <summary>Whether they are being given up.</summary>
    public bool AreReleased { get; private set; }

    public IReadOnlyList<string> Wakes => [.. _wakes];

    /// <returns>Whether one of them was not known.</returns>
    public bool Add(string? wakeKey, string? timerKey)
    {
        var isNew = timerKey is not null && _timers.Add(timerKey);
        return wakeKey is null || _wakes.Contains(wakeKey) ? isNew : (AreReleased ? _lateWakes : _wakes).Add(wakeKey);
    }

    /// <summary>Adds one that the session has written itself.</summary>
    public void Own(string wakeKey) => _wakes.Add(wakeKey);

    /// <returns>Those that were there.</returns>
    public IReadOnlyList<string> Drop(IEnumerable<string> wakeKeys) => [.. wakeKeys.Where(_wakes.Remove)];

    public (IReadOnlyList<string> WakeKeys, IReadOnlyList<string> TimerKeys) Where(Func<string, bool> condition) =>
        ([.. _wakes.Where(condition)], [.. _timers.Where(condition)]);

    /// <returns>All of them.</returns>
    public (IReadOnlyList<string> WakeKeys, IReadOnlyList<string> TimerKeys) Release()
    {
        AreReleased = true;
        return Where(_ => true);
    }

    /// <param name="isReleased">Whether they were given up; false when all are kept.</param>
    /// <returns>Whether there are any.</returns>
    public bool EndRelease(bool isReleased)
    {
        AreReleased = false;
        if (isReleased)
        {
            _wakes.Clear();
            _timers.Clear();
        }

        var isWoken = _lateWakes.Count > 0 || !isReleased;
        _wakes.UnionWith(_lateWakes);
        _lateWakes.Clear();
        return isWoken;
    }
}

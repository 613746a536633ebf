namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>Tells sessions when they are due. It holds only what is due soon.</summary>
internal sealed class DueTimes : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<InstanceSession, DateTime> _queue = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _disposed;

    public DueTimes(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static state => ((DueTimes)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(InstanceSession session, DateTime due)
    {
        lock (_lock)
        {
            if (_disposed || session.ArmedFor == due)
            {
                return;
            }

            session.ArmedFor = due;
            _queue.Enqueue(session, due);
            Schedule();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _queue.Clear();
            _timer.Dispose();
        }
    }

    private void OnTimer()
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var due = new List<InstanceSession>();
        lock (_lock)
        {
            while (!_disposed && _queue.TryPeek(out var session, out var time) && time <= now)
            {
                _queue.Dequeue();
                session.ArmedFor = session.ArmedFor == time ? null : session.ArmedFor;
                due.Add(session);
            }

            Schedule();
        }

        foreach (var session in due)
        {
            session.OnDue(now);
        }
    }

    private void Schedule()
    {
        if (!_disposed && _queue.TryPeek(out _, out var first))
        {
            // A millisecond more, because timers have no finer grain and must not come too early.
            var wait = first - _time.GetUtcNow().UtcDateTime;
            _timer.Change(wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}

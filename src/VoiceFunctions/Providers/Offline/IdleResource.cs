namespace VoiceFunctions.Providers.Offline;

/// <summary>
/// Something large that is loaded when it is first needed, shared by everyone who needs it at the same time, and disposed when nobody has for a while.
/// A load that failed is reported to whoever waited for it and tried again by the next.
/// </summary>
internal sealed class IdleResource<T> : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<T> _load;
    private readonly TimeSpan _idleAfter;
    private readonly ITimer _timer;
    private Task<T>? _loaded;
    private int _users;
    private bool _disposed;

    public IdleResource(Func<T> load, TimeSpan idleAfter, TimeProvider timeProvider)
    {
        _load = load;
        _idleAfter = idleAfter;
        _timer = timeProvider.CreateTimer(static state => ((IdleResource<T>)state!).Unload(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the resource is in memory or on its way there.</summary>
    public bool IsLoaded
    {
        get
        {
            lock (_gate) return _loaded is not null;
        }
    }

    /// <summary>The resource, which stays alive at least until the lease is disposed.</summary>
    public async ValueTask<Lease> AcquireAsync(CancellationToken cancellationToken)
    {
        Task<T> current;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _users++;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (_loaded is null or { IsFaulted: true }) _loaded = Task.Run(_load, CancellationToken.None);
            current = _loaded;
        }

        try
        {
            // One caller's cancellation leaves the load to the others.
            return new Lease(this, await current.WaitAsync(cancellationToken));
        }
        catch
        {
            Release();
            throw;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        _timer.Dispose();
        Unload();
    }

    private void Release()
    {
        bool unload;
        lock (_gate)
        {
            // Whoever comes next starts a new load; those who still wait for this one hold its task.
            if (_loaded is { IsFaulted: true }) _loaded = null;
            if (--_users > 0) return;
            unload = _disposed;
            if (!unload && _loaded is not null) _timer.Change(_idleAfter, Timeout.InfiniteTimeSpan);
        }

        if (unload) Unload();
    }

    private void Unload()
    {
        Task<T>? idle;
        lock (_gate)
        {
            if (_users > 0) return;
            idle = _loaded;
            _loaded = null;
        }

        // Every waiter may have left before the load was done.
        _ = idle?.ContinueWith(
            static task => Free(task.Result),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private static void Free(T resource)
    {
        resource.Dispose();
        NativeHeap.Trim();
    }

    /// <summary>A user's hold on the resource.</summary>
    internal sealed class Lease(IdleResource<T> owner, T value) : IDisposable
    {
        private int _released;

        public T Value { get; } = value;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) owner.Release();
        }
    }
}

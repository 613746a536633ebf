namespace EmbeddedFunctions.Hosting;

/// <summary>
/// functionTimeout of host.json. The official host fails the execution at once and restarts the worker process; in one process the execution is cancelled
/// and ends when it has noticed. One that does not notice costs a request its connection, and any other trigger the place that it takes.
/// </summary>
internal sealed class InvocationDeadline : IDisposable
{
    /// <summary>How long a cancelled execution may take to answer.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly AppFunction _function;
    private readonly TimeProvider _time;
    private readonly CancellationToken _outer;
    private readonly Action _onGraceOver;
    private readonly CancellationTokenSource _cancellation;
    private readonly CancellationTokenRegistration _outerRegistration;
    private readonly CancellationTokenRegistration _passedRegistration;
    private ITimer? _graceTimer;
    private bool _reported;
    private bool _disposed;

    private InvocationDeadline(AppFunction function, TimeSpan timeout, TimeProvider time, Action onGraceOver, CancellationToken outer)
    {
        _function = function;
        _time = time;
        _outer = outer;
        _onGraceOver = onGraceOver;
        _cancellation = new CancellationTokenSource(timeout, time);
        _passedRegistration = _cancellation.Token.UnsafeRegister(static state => ((InvocationDeadline)state!).OnCancelled(), this);
        _outerRegistration = outer.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _cancellation);
    }

    public CancellationToken Token => _cancellation.Token;

    public bool HasPassed => _cancellation.IsCancellationRequested && !_outer.IsCancellationRequested;

    /// <param name="runner">Knows the limit.</param>
    /// <param name="function">The function that runs.</param>
    /// <param name="onGraceOver">Called when the execution goes on <see cref="Grace"/> after it was cancelled for its time.</param>
    /// <param name="outer">Ends the execution for another reason than time.</param>
    /// <returns>Null when there is no limit.</returns>
    public static InvocationDeadline? Start(FunctionRunner runner, AppFunction function, Action onGraceOver, CancellationToken outer) =>
        runner.FunctionTimeout is { } limit ? new InvocationDeadline(function, limit, runner.Time, onGraceOver, outer) : null;

    public void Dispose()
    {
        _outerRegistration.Dispose();
        _passedRegistration.Dispose();
        lock (_lock)
        {
            // Kestrel uses the HttpContext for the next request, which must not be aborted in this one's place.
            _disposed = true;
            _graceTimer?.Dispose();
        }

        _cancellation.Dispose();
    }

    /// <summary>
    /// Logs that it has passed, once. Callbacks of a token run last registered first, so the execution may have ended on its own before this object's
    /// callback gets its turn; then the one who sees the exception reports it.
    /// </summary>
    public void Report()
    {
        lock (_lock)
        {
            if (!_reported)
            {
                _reported = true;
                HostLog.TimedOut(_function.Logger, _function.Name);
            }
        }
    }

    private void OnCancelled()
    {
        lock (_lock)
        {
            if (_disposed || !HasPassed)
            {
                return;
            }

            Report();
            _graceTimer = _time.CreateTimer(static state => ((InvocationDeadline)state!).OnGraceOver(), this, Grace, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnGraceOver()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _onGraceOver();
            }
        }
    }
}

using Microsoft.AspNetCore.Http;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// functionTimeout of host.json. The official host answers 500 at once and restarts the worker process; in one process the execution is cancelled and
/// answers when it has noticed, and one that does not notice loses its connection.
/// </summary>
internal sealed class InvocationDeadline : IDisposable
{
    /// <summary>How long a cancelled execution may take to answer.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly HttpContext _context;
    private readonly HttpFunction _function;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancellation;
    private readonly CancellationTokenRegistration _abortedRegistration;
    private readonly CancellationTokenRegistration _passedRegistration;
    private ITimer? _graceTimer;
    private bool _reported;
    private bool _disposed;

    private InvocationDeadline(HttpContext context, HttpFunction function, TimeSpan timeout, TimeProvider time)
    {
        _context = context;
        _function = function;
        _time = time;
        _cancellation = new CancellationTokenSource(timeout, time);
        _passedRegistration = _cancellation.Token.UnsafeRegister(static state => ((InvocationDeadline)state!).OnCancelled(), this);
        _abortedRegistration = context.RequestAborted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _cancellation);
    }

    public CancellationToken Token => _cancellation.Token;

    public bool HasPassed => _cancellation.IsCancellationRequested && !_context.RequestAborted.IsCancellationRequested;

    /// <summary>Null when there is no limit.</summary>
    public static InvocationDeadline? Start(HttpContext context, HttpFunction function, TimeSpan? timeout, TimeProvider time) =>
        timeout is { } limit ? new InvocationDeadline(context, function, limit, time) : null;

    public void Dispose()
    {
        _abortedRegistration.Dispose();
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
                _context.Abort();
            }
        }
    }
}

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>
/// Where an orchestrator's code runs: one piece at a time, in the order in which the pieces became due, and only while <see cref="Run"/> is on the stack.
/// A piece that comes from elsewhere is the continuation of something that is not the context's; it is not run but remembered.
/// </summary>
internal sealed class OrchestratorThread : TaskScheduler
{
    [ThreadStatic]
    private static OrchestratorThread? s_current;

    private readonly Queue<Task> _queue = [];
    private readonly PostedContext _context;
    private Action? _foreignCallback;
    private int _foreign;

    public OrchestratorThread() => _context = new PostedContext(this);

    public bool IsCurrent => s_current == this;

    /// <summary>Whether something came, or called, from elsewhere.</summary>
    public bool HasForeign => Volatile.Read(ref _foreign) != 0;

    /// <summary>What an <c>async void</c> method threw.</summary>
    public Exception? Unhandled { get; private set; }

    /// <summary>Called once, on any thread, when the first thing comes from elsewhere; at once if it has come already.</summary>
    public void OnForeign(Action callback)
    {
        Volatile.Write(ref _foreignCallback, callback);
        if (HasForeign)
        {
            callback();
        }
    }

    public void ReportForeign()
    {
        if (Interlocked.Exchange(ref _foreign, 1) == 0)
        {
            Volatile.Read(ref _foreignCallback)?.Invoke();
        }
    }

    /// <summary>Runs a piece and all that becomes due by it.</summary>
    public void Run(Action first)
    {
        var outerContext = SynchronizationContext.Current;
        var outer = s_current;
        SynchronizationContext.SetSynchronizationContext(_context);
        s_current = this;
        try
        {
            _context.Post(static state => ((Action)state!)(), first);
            while (_queue.TryDequeue(out var task))
            {
                TryExecuteTask(task);
            }
        }
        finally
        {
            s_current = outer;
            SynchronizationContext.SetSynchronizationContext(outerContext);
        }
    }

    protected override void QueueTask(Task task)
    {
        if (IsCurrent)
        {
            _queue.Enqueue(task);
        }
        else
        {
            ReportForeign();
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => IsCurrent && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => IsCurrent ? [.. _queue] : [];

    private void Invoke(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            Unhandled ??= exception;
        }
    }

    /// <summary>Takes the continuations of awaits to the orchestrator's thread.</summary>
    private sealed class PostedContext(OrchestratorThread thread) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => new Task(() => thread.Invoke(d, state)).Start(thread);

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (!thread.IsCurrent)
            {
                thread.ReportForeign();
                throw new InvalidOperationException(OrchestratorRules.IllegalAwait);
            }

            d(state);
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}

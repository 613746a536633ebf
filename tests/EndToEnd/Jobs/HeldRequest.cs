namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>A request to storage that is kept until the test lets it go, or its sender is gone.</summary>
internal sealed class HeldRequest(Func<string, string, string, bool> means, bool afterwards)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    /// <summary>Whether storage has the request and only the answer is kept.</summary>
    public bool Afterwards => afterwards;

    /// <summary>Completes when the request is there.</summary>
    public Task ArrivedAsync(CancellationToken cancellationToken) => _arrived.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);

    public void Release() => _released.TrySetResult();

    public bool TryTake(string method, string path, string transaction) => means(method, path, transaction) && Interlocked.Exchange(ref _taken, 1) == 0;

    public Task KeepAsync(CancellationToken gone)
    {
        _arrived.TrySetResult();
        return _released.Task.WaitAsync(gone);
    }
}

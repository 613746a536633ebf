using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>Storage as one process sees it, which ends at a certain write.</summary>
/// <param name="store">What outlives the process.</param>
/// <param name="crash">Where it ends; null for never.</param>
/// <param name="hiccups">Writes whose answer is lost, and whether they are done nevertheless.</param>
internal sealed class CrashingStore(MemoryStore store, Crash? crash, Hiccups hiccups) : IHubStore
{
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writes;
    private volatile bool _isDead;

    /// <summary>Completes when the process is at its end, or has lost its lease.</summary>
    public Task Crashed => _crashed.Task;

    /// <summary>Whether the process was dead before it was told to stop.</summary>
    public void Die() => _isDead = true;

    public Task CreateAsync(CancellationToken cancellationToken) => ReadAsync(store.CreateAsync(cancellationToken));

    public Task<HubRow?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
        ReadAsync(() => store.GetAsync(partition, key, cancellationToken));

    public Task<IReadOnlyList<HubRow>> QueryAsync(string partition, string from, string to, int? limit, CancellationToken cancellationToken) =>
        ReadAsync(() => store.QueryAsync(partition, from, to, limit, cancellationToken));

    public Task<IReadOnlyList<HubRow>> QueryPartitionsAsync(string from, string to, string key, int limit, CancellationToken cancellationToken) =>
        ReadAsync(() => store.QueryPartitionsAsync(from, to, key, limit, cancellationToken));

    public Task<IReadOnlyList<string>?> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken) =>
        WriteAsync(() => store.CommitAsync(partition, writes, cancellationToken));

    public Task PutBlobAsync(string name, BinaryData content, CancellationToken cancellationToken) =>
        WriteAsync(async () =>
        {
            await store.PutBlobAsync(name, content, cancellationToken);
            return true;
        });

    public Task<BinaryData?> GetBlobAsync(string name, CancellationToken cancellationToken) => ReadAsync(() => store.GetBlobAsync(name, cancellationToken));

    public Task DeleteBlobAsync(string name, CancellationToken cancellationToken) =>
        WriteAsync(async () =>
        {
            await store.DeleteBlobAsync(name, cancellationToken);
            return true;
        });

    public Task<IReadOnlyList<string>> ListBlobsAsync(string prefix, CancellationToken cancellationToken) =>
        ReadAsync(() => store.ListBlobsAsync(prefix, cancellationToken));

    private async Task ReadAsync(Task read)
    {
        ThrowIfDead();
        await read;
        ThrowIfDead();
    }

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        ThrowIfDead();
        var result = await read();
        ThrowIfDead();
        return result;
    }

    private async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        ThrowIfDead();
        var isLast = Interlocked.Increment(ref _writes) == crash?.Write;
        if (isLast && crash!.How == CrashKind.LosesTheLease)
        {
            _crashed.TrySetResult();
        }
        else if (isLast)
        {
            _isDead = true;
            if (crash!.How == CrashKind.AfterTheWrite)
            {
                await write();
            }

            _crashed.TrySetResult();
            ThrowIfDead();
        }

        if (hiccups.Next() is { } isDone)
        {
            if (isDone)
            {
                await write();
            }

            throw new HubUnavailableException(new TimeoutException("No answer."));
        }

        var result = await write();
        ThrowIfDead();
        return result;
    }

    private void ThrowIfDead()
    {
        if (_isDead)
        {
            throw new ProcessCrashedException();
        }
    }
}

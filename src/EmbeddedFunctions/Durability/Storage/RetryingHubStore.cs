using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Durability.Storage;

/// <summary>
/// Tries again while storage is slow, down or throttling, after waits that grow to <see cref="LongestWait"/> and are never the same. A commit that is tried
/// again may find its own first attempt: then its condition does not hold, and whoever commits looks whose commit is there.
/// </summary>
/// <param name="store">What may fail.</param>
/// <param name="patience">How long a call is tried; null for as long as it takes.</param>
/// <param name="time">For the waits.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed class RetryingHubStore(IHubStore store, TimeSpan? patience, TimeProvider time, ILogger logger) : IHubStore
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public Task CreateAsync(CancellationToken cancellationToken) =>
        RetryAsync(token => store.CreateAsync(token), cancellationToken);

    public Task<HubRow?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
        RetryAsync(token => store.GetAsync(partition, key, token), cancellationToken);

    public Task<IReadOnlyList<HubRow>> QueryAsync(string partition, string from, string to, int? limit, CancellationToken cancellationToken) =>
        RetryAsync(token => store.QueryAsync(partition, from, to, limit, token), cancellationToken);

    public Task<IReadOnlyList<HubRow>> QueryPartitionsAsync(string from, string to, string key, int limit, CancellationToken cancellationToken) =>
        RetryAsync(token => store.QueryPartitionsAsync(from, to, key, limit, token), cancellationToken);

    public Task<IReadOnlyList<string>?> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken) =>
        RetryAsync(token => store.CommitAsync(partition, writes, token), cancellationToken);

    public Task PutBlobAsync(string name, BinaryData content, CancellationToken cancellationToken) =>
        RetryAsync(token => store.PutBlobAsync(name, content, token), cancellationToken);

    public Task<BinaryData?> GetBlobAsync(string name, CancellationToken cancellationToken) =>
        RetryAsync(token => store.GetBlobAsync(name, token), cancellationToken);

    public Task DeleteBlobAsync(string name, CancellationToken cancellationToken) =>
        RetryAsync(token => store.DeleteBlobAsync(name, token), cancellationToken);

    public Task<IReadOnlyList<string>> ListBlobsAsync(string prefix, CancellationToken cancellationToken) =>
        RetryAsync(token => store.ListBlobsAsync(prefix, token), cancellationToken);

    private Task<bool> RetryAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        RetryAsync(
            async token =>
            {
                await call(token);
                return true;
            },
            cancellationToken);

    private async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (HubUnavailableException exception) when (!cancellationToken.IsCancellationRequested
                && (patience is null || time.GetElapsedTime(began) < patience))
            {
                StoreLog.Unavailable(logger, wait, exception);
            }

            await Task.Delay(wait * (0.5 + Random.Shared.NextDouble()), time, cancellationToken);
        }
    }
}

namespace EmbeddedFunctions.Durability.Storage;

/// <summary>
/// What a hub needs of storage, and no more: rows in partitions, commits that happen as a whole or not at all, and blobs. Whatever happens
/// between two calls of it, a hub survives; tests crash it at each of them.
/// </summary>
internal interface IHubStore
{
    /// <summary>Makes the table and the container; they may exist.</summary>
    Task CreateAsync(CancellationToken cancellationToken);

    /// <returns>Null when there is no such row.</returns>
    Task<HubRow?> GetAsync(string partition, string key, CancellationToken cancellationToken);

    /// <summary>The rows of a partition with <paramref name="from"/> &lt;= key &lt; <paramref name="to"/>, in ordinal order of their keys.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="from">The first key.</param>
    /// <param name="to">The key behind the last one.</param>
    /// <param name="limit">How many rows at most; null for all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlyList<HubRow>> QueryAsync(string partition, string from, string to, int? limit, CancellationToken cancellationToken);

    /// <summary>The rows of one key in the partitions with <paramref name="from"/> &lt;= partition &lt; <paramref name="to"/>, in ordinal order.</summary>
    Task<IReadOnlyList<HubRow>> QueryPartitionsAsync(string from, string to, string key, int limit, CancellationToken cancellationToken);

    /// <summary>Does all of the writes, or none of them because a condition does not hold. At most 100 writes and 4 MB.</summary>
    /// <returns>The new versions in the order of the writes (empty for a deletion); null when a condition does not hold.</returns>
    Task<IReadOnlyList<string>?> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken);

    /// <summary>Writes a blob, over an older one.</summary>
    Task PutBlobAsync(string name, BinaryData content, CancellationToken cancellationToken);

    /// <returns>Null when there is no such blob.</returns>
    Task<BinaryData?> GetBlobAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a blob, which may be gone already.</summary>
    Task DeleteBlobAsync(string name, CancellationToken cancellationToken);

    Task<IReadOnlyList<string>> ListBlobsAsync(string prefix, CancellationToken cancellationToken);
}

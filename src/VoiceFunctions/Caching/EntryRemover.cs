namespace VoiceFunctions.Caching;

/// <summary>Removes one result from row, blob and index, in this order, if it is still what the index says.</summary>
internal sealed class EntryRemover(CacheTables tables, SpeechCacheMetrics metrics, SpeechCacheOptions options, TimeProvider time, EvictionReport report)
{
    private static readonly string[] Columns =
        ["State", nameof(StoredRow.Until), nameof(StoredRow.Tenant), nameof(StoredRow.Blob), nameof(StoredRow.Bytes), nameof(StoredRow.MadeAt), nameof(StoredRow.LastUsedAt)];

    /// <returns>What there is of the result now; <see langword="null"/> when it is gone.</returns>
    public async Task<IndexEntry?> RemoveAsync(string partition, string key, IndexEntry entry, EvictionReason reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = await ReadAsync(key, cancellationToken);
        if (row is null)
        {
            // A young entry may be ahead of its row.
            if (now - entry.LastUsedAt >= options.OrphanAge)
            {
                await tables.UnindexAsync(partition, key, cancellationToken);
                Count(EvictionReason.Orphan);
            }

            return null;
        }

        if (row.IsPending ? row.Until > now : IsOutdated(entry, row, reason, now))
        {
            return row.IsPending ? entry : await MoveAsync(partition, key, row, cancellationToken);
        }

        if (!await tables.DeleteAsync(key, row.ETag, cancellationToken))
        {
            return await ReadAsync(key, cancellationToken) is null ? null : entry;
        }

        foreach (var blob in new[] { row.Blob, entry.Blob }.OfType<string>().Distinct())
        {
            await tables.Blobs.DeleteBlobIfExistsAsync(blob, cancellationToken: cancellationToken);
        }

        await tables.UnindexAsync(partition, key, cancellationToken);
        Count(row.IsPending ? EvictionReason.Orphan : reason);
        return null;
    }

    public Task<StoredRow?> ReadAsync(string key, CancellationToken cancellationToken) => tables.ReadAsync(key, cancellationToken, Columns);

    public void Count(EvictionReason reason)
    {
        switch (reason)
        {
            case EvictionReason.Age:
                report.Aged++;
                metrics.Evicted("age");
                break;
            case EvictionReason.Size:
                report.Crowded++;
                metrics.Evicted("size");
                break;
            default:
                report.Orphans++;
                metrics.Evicted("orphan");
                break;
        }
    }

    /// <summary>Whether the result was used or made again since the entry was written.</summary>
    private bool IsOutdated(IndexEntry entry, StoredRow row, EvictionReason reason, DateTimeOffset now) => reason switch
    {
        EvictionReason.Age => now - row.MadeAt < options.MaxAge,
        EvictionReason.Size => row.LastUsedAt > entry.LastUsedAt,
        _ => true,
    };

    private async Task<IndexEntry> MoveAsync(string partition, string key, StoredRow row, CancellationToken cancellationToken)
    {
        var current = new IndexEntry { Tenant = row.Tenant, LastUsedAt = row.LastUsedAt, MadeAt = row.MadeAt, Bytes = row.Bytes, Blob = row.Blob };
        if (await tables.IndexAsync(key, current, cancellationToken) != partition)
        {
            await tables.UnindexAsync(partition, key, cancellationToken);
        }

        return current;
    }
}

using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;

namespace VoiceFunctions.Caching;

/// <summary>
/// Finds blobs that no row knows of, rows whose blob is gone and index entries without a row. It looks at a bounded number of each and goes on from there the next time, in whichever
/// instance that is.
/// </summary>
internal sealed class OrphanSweep(CacheTables tables, EntryRemover remover, EvictionReport report, SpeechCacheOptions options, TimeProvider time)
{
    /// <summary>As many as one page of a listing holds (https://learn.microsoft.com/rest/api/storageservices/list-blobs).</summary>
    private const int MaxBlobs = 5000;

    private const int MaxRows = 1000;
    private const string BlobCursor = "blobs";
    private const string RowCursor = "rows";
    private const string Position = "Position";

    private readonly List<(string Partition, string Key, IndexEntry Entry)> _suspects = [];
    private string _after = string.Empty;

    /// <summary>Finds out where the last run ended.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => _after = await ReadAsync(RowCursor, cancellationToken);

    /// <summary>Offers an entry of the index, in the order of partitions and keys, to be held against its row and its blob.</summary>
    public void Suggest(string partition, string key, IndexEntry entry)
    {
        if (_suspects.Count < MaxRows && string.CompareOrdinal(Place(partition, key), _after) > 0)
        {
            _suspects.Add((partition, key, entry));
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RemoveEntriesAsync(cancellationToken);
        await RemoveBlobsAsync(cancellationToken);
    }

    private async Task RemoveEntriesAsync(CancellationToken cancellationToken)
    {
        foreach (var (partition, key, entry) in _suspects)
        {
            var row = await remover.ReadAsync(key, cancellationToken);
            var left = row is null
                // One that is young may be ahead of its row.
                ? time.GetUtcNow() - entry.LastUsedAt >= options.OrphanAge
                : row.Blob is { } blob && !await tables.Blobs.GetBlobClient(blob).ExistsAsync(cancellationToken)
                    && await tables.DeleteAsync(key, row.ETag, cancellationToken);
            if (left && await IsIndexedAsync(partition, key, cancellationToken))
            {
                await tables.UnindexAsync(partition, key, cancellationToken);
                remover.Count(EvictionReason.Orphan);
                (report.Bytes, report.Entries) = (report.Bytes - entry.Bytes, report.Entries - 1);
            }
        }

        var next = _suspects is { Count: MaxRows } and [.., var (lastPartition, lastKey, _)] ? Place(lastPartition, lastKey) : string.Empty;
        await WriteAsync(RowCursor, next, cancellationToken);
    }

    /// <summary>What was removed since it was suggested is no orphan.</summary>
    private async Task<bool> IsIndexedAsync(string partition, string key, CancellationToken cancellationToken) =>
        (await tables.Index.GetEntityIfExistsAsync<TableEntity>(partition, key, [nameof(TableEntity.RowKey)], cancellationToken)).HasValue;

    private async Task RemoveBlobsAsync(CancellationToken cancellationToken)
    {
        var position = await ReadAsync(BlobCursor, cancellationToken);
        var pages = tables.Blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, cancellationToken).AsPages(position.Length == 0 ? null : position, MaxBlobs);
        await foreach (var page in pages)
        {
            foreach (var blob in page.Values)
            {
                // One that is young may be ahead of its row.
                if (time.GetUtcNow() - blob.Properties.CreatedOn >= options.OrphanAge
                    && (await remover.ReadAsync(CacheRows.Owner(blob.Name), cancellationToken))?.Blob != blob.Name
                    && await tables.Blobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken))
                {
                    remover.Count(EvictionReason.Orphan);
                }
            }

            await WriteAsync(BlobCursor, page.ContinuationToken ?? string.Empty, cancellationToken);
            return;
        }
    }

    private static string Place(string partition, string key) => $"{partition}/{key}";

    private async Task<string> ReadAsync(string cursor, CancellationToken cancellationToken)
    {
        var row = await tables.Index.GetEntityIfExistsAsync<TableEntity>(CacheRows.Sweep, cursor, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetString(Position) ?? string.Empty : string.Empty;
    }

    private Task<Response> WriteAsync(string cursor, string position, CancellationToken cancellationToken) =>
        tables.Index.UpsertEntityAsync(new TableEntity(CacheRows.Sweep, cursor) { [Position] = position }, TableUpdateMode.Replace, cancellationToken);
}

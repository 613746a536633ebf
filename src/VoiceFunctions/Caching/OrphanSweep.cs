using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;

namespace VoiceFunctions.Caching;

/// <summary>
/// Finds blobs that no row knows of and rows whose blob is gone. It looks at a bounded number of each and goes on from there the next time, in whichever
/// instance that is.
/// </summary>
internal sealed class OrphanSweep(CacheTables tables, EntryRemover remover, SpeechCacheOptions options, TimeProvider time)
{
    /// <summary>As many as one page of a listing holds (https://learn.microsoft.com/rest/api/storageservices/list-blobs).</summary>
    private const int MaxBlobs = 5000;

    private const int MaxRows = 1000;
    private const string BlobCursor = "blobs";
    private const string RowCursor = "rows";
    private const string Position = "Position";

    private readonly SortedList<string, (string Key, string Partition, string Blob)> _suggested = new(StringComparer.Ordinal);

    /// <summary>Offers a result for the search for rows whose blob is gone.</summary>
    public void Suggest(string partition, string key, IndexEntry entry)
    {
        if (entry.Blob is { } blob)
        {
            _suggested[$"{partition}/{key}"] = (key, partition, blob);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RemoveRowsAsync(cancellationToken);
        await RemoveBlobsAsync(cancellationToken);
    }

    private async Task RemoveRowsAsync(CancellationToken cancellationToken)
    {
        var after = await ReadAsync(RowCursor, cancellationToken);
        var chosen = _suggested.Where(suggested => string.CompareOrdinal(suggested.Key, after) > 0).Take(MaxRows).ToArray();
        foreach (var (_, (key, partition, blob)) in chosen)
        {
            if (!await tables.Blobs.GetBlobClient(blob).ExistsAsync(cancellationToken)
                && await remover.ReadAsync(key, cancellationToken) is { } row && row.Blob == blob
                && await tables.DeleteAsync(key, row.ETag, cancellationToken))
            {
                await tables.UnindexAsync(partition, key, cancellationToken);
                remover.Count(EvictionReason.Orphan);
            }
        }

        await WriteAsync(RowCursor, chosen.Length == MaxRows ? chosen[^1].Key : string.Empty, cancellationToken);
    }

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

    private async Task<string> ReadAsync(string cursor, CancellationToken cancellationToken)
    {
        var row = await tables.Index.GetEntityIfExistsAsync<TableEntity>(CacheRows.Sweep, cursor, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetString(Position) ?? string.Empty : string.Empty;
    }

    private Task<Response> WriteAsync(string cursor, string position, CancellationToken cancellationToken) =>
        tables.Index.UpsertEntityAsync(new TableEntity(CacheRows.Sweep, cursor) { [Position] = position }, TableUpdateMode.Replace, cancellationToken);
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Caching;

/// <summary>Where results are kept: a table of them, an index of it by tenant and day of last use, and a container for what is too large for a row.</summary>
internal sealed class CacheTables(TableServiceClient tables, BlobServiceClient blobs, IOptions<SpeechCacheOptions> options)
{
    private readonly ConcurrentDictionary<string, bool> _listed = [];

    public TableClient Results { get; } = tables.GetTableClient(options.Value.Name);

    public TableClient Index { get; } = tables.GetTableClient(options.Value.Name + "Index");

    public BlobContainerClient Blobs { get; } = blobs.GetBlobContainerClient(options.Value.Name.ToLowerInvariant());

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        _listed.Clear();
        await Task.WhenAll(
            Results.CreateIfNotExistsAsync(cancellationToken), Index.CreateIfNotExistsAsync(cancellationToken), Blobs.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
    }

    /// <summary>Does something with the tables, which are made if they are not there.</summary>
    public async Task<T> WithTablesAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == TableErrorCode.TableNotFound || exception.ErrorCode == "ContainerNotFound")
        {
            await CreateAsync(cancellationToken);
            return await work();
        }
    }

    /// <summary>Enters a result in the index, in the place of what the index had of it for that day.</summary>
    /// <returns>The partition that it is in.</returns>
    public async Task<string> IndexAsync(string key, IndexEntry entry, CancellationToken cancellationToken)
    {
        var partition = await ListAsync(entry, cancellationToken);
        await Index.UpsertEntityAsync(entry.ToEntity(partition, key), TableUpdateMode.Replace, cancellationToken);
        return partition;
    }

    /// <summary>Enters a result that is being made in the index, unless it is there.</summary>
    public async Task NoteAsync(string key, IndexEntry entry, CancellationToken cancellationToken)
    {
        var partition = await ListAsync(entry, cancellationToken);
        await ChangeAsync(() => Index.AddEntityAsync(entry.ToEntity(partition, key), cancellationToken));
    }

    /// <summary>What the index has in one of its partitions.</summary>
    public async IAsyncEnumerable<(string Key, IndexEntry Entry)> EntriesAsync(string partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in Index.QueryAsync<TableEntity>(row => row.PartitionKey == partition, cancellationToken: cancellationToken))
        {
            yield return (row.RowKey, IndexEntry.Of(row));
        }
    }

    public Task UnindexAsync(string partition, string key, CancellationToken cancellationToken) =>
        Index.DeleteEntityAsync(partition, key, ETag.All, cancellationToken);

    /// <param name="key">Of the result.</param>
    /// <param name="cancellationToken">Ends the wait for storage.</param>
    /// <param name="columns">What to read of the row; default all of it.</param>
    public async Task<StoredRow?> ReadAsync(string key, CancellationToken cancellationToken, IEnumerable<string>? columns = null)
    {
        var row = await Results.GetEntityIfExistsAsync<TableEntity>(key, CacheRows.Result, columns, cancellationToken);
        return row.HasValue ? new StoredRow(row.Value!) : null;
    }

    /// <summary>The new row's ETag; <see langword="null"/> when there is a row.</summary>
    public Task<ETag?> InsertAsync(TableEntity row, CancellationToken cancellationToken) => ChangeAsync(() => Results.AddEntityAsync(row, cancellationToken));

    /// <summary>The row's new ETag; <see langword="null"/> when it has changed or gone.</summary>
    public Task<ETag?> ReplaceAsync(TableEntity row, ETag etag, CancellationToken cancellationToken, TableUpdateMode mode = TableUpdateMode.Replace) =>
        ChangeAsync(() => Results.UpdateEntityAsync(row, etag, mode, cancellationToken));

    /// <summary>Whether the row was there, unchanged, and is gone now.</summary>
    public async Task<bool> DeleteAsync(string key, ETag etag, CancellationToken cancellationToken) =>
        await ChangeAsync(() => Results.DeleteEntityAsync(key, CacheRows.Result, etag, cancellationToken)) is not null;

    /// <summary><see langword="null"/> when there is no such blob.</summary>
    public async Task<byte[]?> DownloadAsync(string blob, CancellationToken cancellationToken)
    {
        try
        {
            var download = await Blobs.GetBlobClient(blob).DownloadContentAsync(cancellationToken);
            return download.Value.Content.ToArray();
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    /// <summary>Enters the partition that an entry belongs to in the list of partitions.</summary>
    private async Task<string> ListAsync(IndexEntry entry, CancellationToken cancellationToken)
    {
        var partition = CacheRows.Partition(entry.Tenant, entry.LastUsedAt);
        if (!_listed.ContainsKey(partition))
        {
            await Index.UpsertEntityAsync(new TableEntity(CacheRows.Partitions, partition), TableUpdateMode.Replace, cancellationToken);
            _listed[partition] = true;
        }

        return partition;
    }

    private static async Task<ETag?> ChangeAsync(Func<Task<Response>> change)
    {
        try
        {
            var response = await change();
            // A row that was to be deleted and is not there is no error to the client.
            return response.Status == StatusCodes.Status404NotFound ? null : response.Headers.ETag ?? ETag.All;
        }
        catch (RequestFailedException exception) when (
            exception.Status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed || exception.ErrorCode == TableErrorCode.ResourceNotFound)
        {
            return null;
        }
    }
}

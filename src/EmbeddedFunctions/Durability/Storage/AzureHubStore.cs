using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace EmbeddedFunctions.Durability.Storage;

/// <summary>A hub in one table and one container of a storage account.</summary>
internal sealed class AzureHubStore(TableClient table, BlobContainerClient container) : IHubStore
{
    private const int LargestPage = 1000;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await AskAsync(() => table.CreateIfNotExistsAsync(cancellationToken), cancellationToken);
        await AskAsync(() => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);
    }

    public Task<HubRow?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
        AskAsync(
            async () =>
            {
                var response = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
                return response.HasValue ? RowEntity.Read(response.Value!) : null;
            },
            cancellationToken);

    public Task<IReadOnlyList<HubRow>> QueryAsync(string partition, string from, string to, int? limit, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"), limit, cancellationToken);

    public Task<IReadOnlyList<HubRow>> QueryPartitionsAsync(string from, string to, string key, int limit, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to} and RowKey eq {key}"), limit, cancellationToken);

    public Task<IReadOnlyList<string>?> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken) =>
        AskAsync(
            async () =>
            {
                try
                {
                    return writes.Count == 1
                        ? [await WriteAsync(partition, writes[0], cancellationToken)]
                        : await WriteAsync(partition, writes, cancellationToken);
                }
                catch (RequestFailedException exception) when (IsBrokenCondition(exception))
                {
                    return null;
                }
            },
            cancellationToken);

    public Task PutBlobAsync(string name, BinaryData content, CancellationToken cancellationToken) =>
        AskAsync(() => container.GetBlobClient(name).UploadAsync(content, overwrite: true, cancellationToken), cancellationToken);

    public Task<BinaryData?> GetBlobAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(
            async () =>
            {
                try
                {
                    return (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content;
                }
                catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
                {
                    return null;
                }
            },
            cancellationToken);

    public Task DeleteBlobAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(() => container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken), cancellationToken);

    public Task<IReadOnlyList<string>> ListBlobsAsync(string prefix, CancellationToken cancellationToken) =>
        AskAsync(
            async () =>
            {
                var names = new List<string>();
                await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
                {
                    names.Add(blob.Name);
                }

                return (IReadOnlyList<string>)names;
            },
            cancellationToken);

    private Task<IReadOnlyList<HubRow>> QueryAsync(string filter, int? limit, CancellationToken cancellationToken) =>
        AskAsync(
            async () =>
            {
                var rows = new List<HubRow>();
                var page = Math.Min(limit ?? LargestPage, LargestPage);
                await foreach (var entity in table.QueryAsync<TableEntity>(filter, page, cancellationToken: cancellationToken))
                {
                    rows.Add(RowEntity.Read(entity));
                    if (rows.Count == limit)
                    {
                        break;
                    }
                }

                return (IReadOnlyList<HubRow>)rows;
            },
            cancellationToken);

    private async Task<string> WriteAsync(string partition, RowWrite write, CancellationToken cancellationToken)
    {
        var entity = RowEntity.Write(partition, write);
        var response = write.Kind switch
        {
            RowWriteKind.Insert => await table.AddEntityAsync(entity, cancellationToken),
            RowWriteKind.Replace => await table.UpdateEntityAsync(entity, new ETag(write.ETag!), TableUpdateMode.Replace, cancellationToken),
            _ => await table.DeleteEntityAsync(partition, write.Key, write.ETag is null ? ETag.All : new ETag(write.ETag), cancellationToken),
        };
        return write.Kind == RowWriteKind.Delete
            ? response.Status == 404 ? throw new RequestFailedException(response) : string.Empty
            : response.Headers.ETag.ToString()!;
    }

    private async Task<IReadOnlyList<string>> WriteAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        var responses = await table.SubmitTransactionAsync(writes.Select(write => RowEntity.Action(partition, write)), cancellationToken);
        return [.. responses.Value.Select(response => response.Headers.ETag?.ToString() ?? string.Empty)];
    }

    private static bool IsBrokenCondition(RequestFailedException exception) =>
        exception.Status is 409 or 412 || (exception.Status == 404 && exception.ErrorCode != TableErrorCode.TableNotFound);

    private static async Task<T> AskAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request();
        }
        catch (RequestFailedException exception) when (exception.Status is 0 or 401 or 403 or 404 or 408 or 409 or 412 or 429 or >= 500)
        {
            throw new HubUnavailableException(exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or TimeoutException or AggregateException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HubUnavailableException(exception);
        }
    }
}

using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VoiceFunctions.Caching;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Caching;

/// <summary>The tables and the container of one test, seen from outside, and the instances of the app that use them.</summary>
internal sealed class StoredCache(StorageEmulator emulator)
{
    private readonly string _name = $"T{Guid.NewGuid():N}";

    public TableClient Results => new TableServiceClient(emulator.ConnectionString).GetTableClient(_name);

    public TableClient Index => new TableServiceClient(emulator.ConnectionString).GetTableClient(_name + "Index");

    public BlobContainerClient Blobs => new BlobServiceClient(emulator.ConnectionString).GetBlobContainerClient(_name.ToLowerInvariant());

    /// <summary>An instance with bounds that a crowded machine does not reach.</summary>
    public Task<CacheInstance> StartAsync(TimeProvider? time = null, params (string Key, string? Value)[] settings) => CacheInstance.StartAsync(
        store: null,
        time,
        [
            ("AzureWebJobsStorage", emulator.ConnectionString), ("Name", _name), ("LookupTimeout", "00:00:20"), ("ReadTimeout", "00:00:20"), ("StartTimeout", "00:00:30"),
            ("DrainTimeout", "00:00:30"), .. settings,
        ]);

    public async Task<IReadOnlyList<TableEntity>> RowsAsync() => await ListAsync(Results.QueryAsync<TableEntity>());

    /// <summary>The entries of results, not those of partitions and cursors.</summary>
    public async Task<IReadOnlyList<TableEntity>> EntriesAsync() =>
        [.. (await ListAsync(Index.QueryAsync<TableEntity>())).Where(row => row.PartitionKey is not (CacheRows.Partitions or CacheRows.Sweep))];

    public async Task<IReadOnlyList<BlobItem>> BlobsAsync() => await ListAsync(Blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, CancellationToken.None));

    private static async Task<IReadOnlyList<T>> ListAsync<T>(AsyncPageable<T> pages)
        where T : notnull
    {
        List<T> all = [];
        await foreach (var one in pages)
        {
            all.Add(one);
        }

        return all;
    }
}

using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Security.Keys;

/// <summary>The table <c>Keys</c>: one partition, a row for each key, never removed, so that an id is never given out twice and a list tells of every key there was.</summary>
internal sealed class KeyTable(TableServiceClient tables) : IKeySource
{
    private const string Partition = "key";

    private readonly TableClient _table = tables.GetTableClient("Keys");

    /// <exception cref="RequestFailedException">Storage refused or could not be reached.</exception>
    public async Task<AccessKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        // A table that is not there has no keys either.
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellationToken);
        return found.HasValue ? KeyRow.Read(found.Value!) : null;
    }

    /// <summary>In the order of their ids.</summary>
    /// <exception cref="RequestFailedException">Storage refused or could not be reached.</exception>
    public async IAsyncEnumerable<AccessKey> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _table.CreateIfNotExistsAsync(cancellationToken);
        await foreach (var row in _table.QueryAsync<TableEntity>(row => row.PartitionKey == Partition, cancellationToken: cancellationToken))
        {
            yield return KeyRow.Read(row);
        }
    }

    /// <exception cref="RequestFailedException">Storage refused or could not be reached, or there is such an id.</exception>
    public async Task AddAsync(AccessKey key, CancellationToken cancellationToken)
    {
        await _table.CreateIfNotExistsAsync(cancellationToken);
        await _table.AddEntityAsync(KeyRow.Write(Partition, key), cancellationToken);
    }

    /// <returns>Whether there is such a key. One that was revoked before stays revoked since then.</returns>
    /// <exception cref="RequestFailedException">Storage refused or could not be reached.</exception>
    public async Task<bool> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellationToken);
            if (!found.HasValue)
            {
                return false;
            }

            if (KeyRow.Read(found.Value!).RevokedAt is not null)
            {
                return true;
            }

            try
            {
                await _table.UpdateEntityAsync(KeyRow.Revocation(Partition, id, now), found.Value!.ETag, TableUpdateMode.Merge, cancellationToken);
                return true;
            }
            catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status412PreconditionFailed)
            {
                // Somebody was quicker.
                continue;
            }
        }
    }
}

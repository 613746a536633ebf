using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Usage;

/// <summary>The table <c>Usage</c>. Its rows are replaced whole, each by the one instance that numbered it, and read by partition only.</summary>
internal sealed class UsageTable(TableServiceClient tables)
{
    private const string Name = "Usage";

    /// <summary>A binary property holds at most 64 KiB (Microsoft, "Understanding the Table service data model").</summary>
    private const int MaxProperty = 64 * 1024;

    private readonly TableClient _table = tables.GetTableClient(Name);
    private volatile bool _exists;

    /// <exception cref="RequestFailedException">Storage refused or could not be reached.</exception>
    public async Task StoreAsync(UsageRow row, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(row.Partition, row.RowKey);
        for (var part = 0; part * MaxProperty < row.Content.Length; part++)
        {
            entity[Property(part)] = row.Content.Slice(part * MaxProperty, Math.Min(MaxProperty, row.Content.Length - (part * MaxProperty))).ToArray();
        }

        if (!_exists)
        {
            await _table.CreateIfNotExistsAsync(cancellationToken);
            _exists = true;
        }

        try
        {
            await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            // Somebody deleted the table: the next try makes it anew.
            _exists = false;
            throw;
        }
    }

    /// <summary>The rows of a partition from one key up to, and without, another.</summary>
    /// <exception cref="RequestFailedException">Storage refused or could not be reached.</exception>
    public async IAsyncEnumerable<UsageRow> ReadAsync(string partition, string first, string end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {end}");
        await using var rows = _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(rows))
        {
            yield return new UsageRow(partition, rows.Current.RowKey, Content(rows.Current));
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<TableEntity> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            // Nothing has ever been stored.
            return false;
        }
    }

    private static byte[] Content(TableEntity entity)
    {
        using var content = new MemoryStream();
        for (var part = 0; entity.GetBinary(Property(part)) is { } bytes; part++)
        {
            content.Write(bytes);
        }

        return content.ToArray();
    }

    private static string Property(int part) => $"Part{part}";
}

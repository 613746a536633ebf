using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Storage;

/// <summary>Writes a row to Table Storage and reads it back: what every other table of the app needs to be able to do.</summary>
public sealed class StorageProbe(TableServiceClient tables)
{
    private const string Table = "Readiness";
    private const string Partition = "probe";

    private readonly string _row = Guid.NewGuid().ToString("N");
    private volatile bool _created;

    /// <exception cref="RequestFailedException">Storage refused, could not be reached, or gave back something else.</exception>
    public async Task RoundTripAsync(CancellationToken cancellationToken)
    {
        var table = tables.GetTableClient(Table);
        if (!_created)
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
            _created = true;
        }

        var mark = Guid.NewGuid();
        try
        {
            await table.UpsertEntityAsync(new TableEntity(Partition, _row) { ["Mark"] = mark }, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            // Somebody deleted the table: the next round makes it anew.
            _created = false;
            throw;
        }

        TableEntity read = await table.GetEntityAsync<TableEntity>(Partition, _row, cancellationToken: cancellationToken);
        if (read.GetGuid("Mark") != mark)
        {
            throw new RequestFailedException("Table Storage gave back another row than was written.");
        }
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Jobs;

/// <summary>
/// Which job is to be looked at, and when: one partition, sorted by time, so that nobody has to search for what is due. A job is entered before its record is
/// written and has an entry until its record is deleted. An entry too many costs a look, one too few would cost the job.
/// </summary>
internal sealed class JobAgenda(TableServiceClient tables)
{
    private const string Tenant = "Tenant";
    private const string Job = "Job";
    private const string CreatedAt = "CreatedAt";

    private readonly TableClient _table = tables.GetTableClient(JobStore.TableName);

    public async Task EnterAsync(string tenant, string id, DateTimeOffset createdAt, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var row = new TableEntity(JobKeys.Agenda, Key(due, id)) { [Tenant] = tenant, [Job] = id, [CreatedAt] = createdAt };
        try
        {
            await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == TableErrorCode.TableNotFound)
        {
            await _table.CreateIfNotExistsAsync(cancellationToken);
            await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <summary>Puts an entry off: the new one is written before the old one goes.</summary>
    public async Task MoveAsync(AgendaEntry entry, DateTimeOffset due, CancellationToken cancellationToken)
    {
        await EnterAsync(entry.Tenant, entry.Id, entry.CreatedAt, due, cancellationToken);
        if (Key(due, entry.Id) != entry.Key)
        {
            await RemoveAsync(entry, cancellationToken);
        }
    }

    public Task RemoveAsync(AgendaEntry entry, CancellationToken cancellationToken) => _table.DeleteEntityAsync(JobKeys.Agenda, entry.Key, ETag.All, cancellationToken);

    /// <summary>What is due by now, the longest due first.</summary>
    public async IAsyncEnumerable<AgendaEntry> DueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {JobKeys.Agenda} and RowKey lt {Time(now.AddTicks(1))}");
        await using var rows = _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(rows))
        {
            var row = rows.Current;
            yield return new AgendaEntry(row.RowKey, row.GetString(Tenant), row.GetString(Job), row.GetDateTimeOffset(CreatedAt)!.Value);
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
            // No job was ever made.
            return false;
        }
    }

    private static string Key(DateTimeOffset due, string id) => $"{Time(due)}-{id}";

    private static string Time(DateTimeOffset time) => time.UtcTicks.ToString("x16", CultureInfo.InvariantCulture);
}

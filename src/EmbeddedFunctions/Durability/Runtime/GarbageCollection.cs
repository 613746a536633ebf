using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>Removes what earlier executions of an instance have left: blobs first, then the rows that name them.</summary>
internal sealed class GarbageCollection(HubServices services, InstancePurge purge)
{
    /// <summary>Longer than anyone tries to send a message again.</summary>
    private static readonly TimeSpan LifeOfReceipts = TimeSpan.FromHours(1);

    public async Task RunAsync(StoredInstance stored, CancellationToken cancellationToken)
    {
        var head = stored.Head;
        var inUse = stored.Messages.Select(row => DurableJson.Read<InboxMessage>(row.Data).Stored()?.Blob)
            .Concat(stored.History.Select(item => item.Stored()?.Blob))
            .Concat((stored.CarryOver?.Events ?? []).Select(item => item.Stored()?.Blob))
            .Append(head.Input?.Blob)
            .Append(head.CustomStatus?.Blob)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        foreach (var row in stored.Garbage)
        {
            foreach (var blob in await BlobsOfAsync(row, cancellationToken))
            {
                if (!inUse.Contains(blob))
                {
                    await services.Store.DeleteBlobAsync(blob, cancellationToken);
                }
            }
        }

        await purge.DeleteBlobsAsync(head.InstanceId, head.OldGenerations, cancellationToken);

        var partition = HubKeys.Instance(head.InstanceId);
        await purge.DeleteRowsAsync(partition, stored.Garbage, cancellationToken);
        var receipts = await services.Store.QueryAsync(partition, HubKeys.ReceiptsFrom, HubKeys.ReceiptsTo, limit: null, cancellationToken);
        var oldest = services.Clock.UtcNow - LifeOfReceipts;
        await purge.DeleteRowsAsync(partition, receipts.Where(row => DurableJson.Read<ReceiptRow>(row.Data).At < oldest), cancellationToken);
    }

    private async Task<IReadOnlyList<string>> BlobsOfAsync(HubRow row, CancellationToken cancellationToken)
    {
        if (!row.Key.StartsWith(HubKeys.HistoryStart, StringComparison.Ordinal))
        {
            return DurableJson.Read<CarryOver>(row.Data).Blob is { } carryOver ? [carryOver] : [];
        }

        try
        {
            var events = await InstanceLoader.ReadHistoryAsync(services, row, cancellationToken);
            return [.. events.Select(item => item.Stored()?.Blob).Append(InstanceLoader.BlobOf(row)).OfType<string>()];
        }
        catch (InstanceGoneException)
        {
            // An earlier collection was interrupted after it had deleted the blob of this row.
            return [];
        }
    }
}

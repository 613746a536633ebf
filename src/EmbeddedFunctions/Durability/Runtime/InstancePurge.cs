using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// Deletes instances that have ended. The head is marked first, on condition that nobody started the instance anew, and deleted last, so that a purge that
/// was interrupted is seen and finished by whoever next wants the id.
/// </summary>
internal sealed class InstancePurge(HubServices services)
{
    private const int RowsAtOnce = 100;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    /// <returns>How many instances were deleted: none when the instance is unknown or has not ended.</returns>
    public async Task<int> PurgeAsync(string instanceId, bool isRecursive, CancellationToken cancellationToken)
    {
        var partition = HubKeys.Instance(instanceId);
        while (await services.Store.GetAsync(partition, HubKeys.Head, cancellationToken) is { } row)
        {
            var head = DurableJson.Read<InstanceHead>(row.Data);
            if (!head.IsTerminal)
            {
                return 0;
            }

            if (head.Status == InstanceStatus.Purging)
            {
                await FinishAsync(head, row.ETag, cancellationToken);
                return 0;
            }

            if (head.HasOutgoing)
            {
                await services.Index.WakeAsync(instanceId, cancellationToken);
                await Task.Delay(Wait, services.Clock.Provider, cancellationToken);
                continue;
            }

            var children = isRecursive ? await ChildrenAsync(head, cancellationToken) : [];
            var marked = head with { Status = InstanceStatus.Purging };
            if (await services.Store.CommitAsync(partition, [RowWrite.Replace(HubKeys.Head, DurableJson.Write(marked), row.ETag)], cancellationToken)
                is not { } versions)
            {
                continue;
            }

            await FinishAsync(marked, versions[0], cancellationToken);
            var count = 1;
            foreach (var child in children)
            {
                count += await PurgeAsync(child, isRecursive, cancellationToken);
            }

            return count;
        }

        return 0;
    }

    /// <summary>
    /// Deletes what a marked head stands for. Everything is deleted in the version that was seen, so that one who comes late harms nothing that is newer.
    /// </summary>
    public async Task FinishAsync(InstanceHead head, string etag, CancellationToken cancellationToken)
    {
        await DeleteBlobsAsync(head.InstanceId, [.. head.OldGenerations, head.Generation], cancellationToken);
        var partition = HubKeys.Instance(head.InstanceId);
        var rows = await services.Store.QueryAsync(partition, "a", "z", limit: null, cancellationToken);
        await DeleteRowsAsync(partition, rows.Where(row => row.Key != HubKeys.Head), cancellationToken);
        await services.Store.CommitAsync(partition, [RowWrite.Delete(HubKeys.Head, etag)], cancellationToken);
    }

    public async Task DeleteBlobsAsync(string instanceId, IEnumerable<string> generations, CancellationToken cancellationToken)
    {
        foreach (var generation in generations)
        {
            foreach (var blob in await services.Store.ListBlobsAsync($"{HubKeys.BlobsOf(instanceId)}{generation}/", cancellationToken))
            {
                await services.Store.DeleteBlobAsync(blob, cancellationToken);
            }
        }
    }

    public async Task DeleteRowsAsync(string partition, IEnumerable<HubRow> rows, CancellationToken cancellationToken)
    {
        foreach (var part in rows.Chunk(RowsAtOnce))
        {
            if (await services.Store.CommitAsync(partition, [.. part.Select(row => RowWrite.Delete(row.Key, row.ETag))], cancellationToken) is not null)
            {
                continue;
            }

            // Some are gone already: the others go one by one.
            foreach (var row in part)
            {
                await services.Store.CommitAsync(partition, [RowWrite.Delete(row.Key, row.ETag)], cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<string>> ChildrenAsync(InstanceHead head, CancellationToken cancellationToken)
    {
        var partition = HubKeys.Instance(head.InstanceId);
        var rows = await services.Store.QueryAsync(
            partition, HubKeys.HistoryOf(head.Execution), HubKeys.HistoryOf(head.Execution + 1), limit: null, cancellationToken);
        var children = new List<string>();
        foreach (var row in rows)
        {
            var events = await InstanceLoader.ReadHistoryAsync(services, row, cancellationToken);
            children.AddRange(events.OfType<HistoryEvent.ChildScheduled>().Select(child => child.InstanceId));
        }

        return children;
    }
}

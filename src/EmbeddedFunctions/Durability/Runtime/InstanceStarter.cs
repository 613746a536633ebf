using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// Starts instances. The entry in the index comes first: without the instance it leads to nothing, while an instance without its entry would never run.
/// </summary>
internal sealed class InstanceStarter(HubServices services, InstancePurge purge)
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an entry without its instance is sure to be left alone, and somewhat less than that.</summary>
    private static readonly TimeSpan EntryLife = HubPoller.LifeOfEarlyEntry / 2;

    /// <returns>False when another instance has the id, and has not ended.</returns>
    public async Task<bool> StartAsync(StartRequest request, CancellationToken cancellationToken)
    {
        var partition = HubKeys.Instance(request.InstanceId);
        var generation = Guid.NewGuid().ToString("N");
        var now = services.Clock.UtcNow;
        var began = services.Clock.Provider.GetTimestamp();
        var isLater = request.StartAt > now + services.Tuning.TimerLead;
        var wakeKey = await AddEntryAsync(request, generation, isLater, cancellationToken);
        var head = new InstanceHead
        {
            Name = request.Name,
            InstanceId = request.InstanceId,
            Generation = generation,
            Execution = 1,
            Status = InstanceStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
            StartAt = request.StartAt,
            Parent = request.Parent,
            Trace = request.Trace,
            Input = await services.Payloads.StoreAsync(request.Input, request.InstanceId, generation, cancellationToken),
        };

        StoredInstance? fresh = null;
        while (true)
        {
            // Nearly always there is none, so that is what is tried first.
            var insertion = RowWrite.Insert(HubKeys.Head, DurableJson.Write(head));
            if (await services.Store.CommitAsync(partition, [insertion], cancellationToken) is { } versions)
            {
                fresh = new StoredInstance(head, versions[0], [], [], null, [], []);
                break;
            }

            if (await services.Store.GetAsync(partition, HubKeys.Head, cancellationToken) is not { } row)
            {
                continue;
            }

            var existing = DurableJson.Read<InstanceHead>(row.Data);
            if (existing.Generation == generation)
            {
                break;
            }
            else if (request.Parent is not null && existing.Parent == request.Parent)
            {
                await DiscardAsync(request, head, null, cancellationToken);
                break;
            }
            else if (existing.Status == InstanceStatus.Purging)
            {
                await purge.FinishAsync(existing, row.ETag, cancellationToken);
            }
            else if (!existing.IsTerminal)
            {
                // The one who started it may have stopped before its entry was written; then this one is it.
                await DiscardAsync(request, head, existing.Status == InstanceStatus.Pending ? null : wakeKey, cancellationToken);
                return false;
            }
            else if (existing.HasOutgoing)
            {
                // Its result is still on the way. The owner sends it, and nobody else.
                await services.Index.WakeAsync(request.InstanceId, cancellationToken);
                await Task.Delay(Wait, services.Clock.Provider, cancellationToken);
            }
            else
            {
                var next = head with
                {
                    Execution = existing.Execution + 1,
                    HasGarbage = true,
                    OldGenerations = [.. existing.OldGenerations, existing.Generation],
                };
                var replacement = RowWrite.Replace(HubKeys.Head, DurableJson.Write(next), row.ETag);
                if (await services.Store.CommitAsync(partition, [replacement], cancellationToken) is not null)
                {
                    break;
                }
            }
        }

        if (services.Clock.Provider.GetElapsedTime(began) > EntryLife)
        {
            wakeKey = await AddEntryAsync(request, generation, isLater, cancellationToken);
        }

        if (wakeKey is not null)
        {
            services.Door.Wake(request.InstanceId, wakeKey, fresh);
        }

        return true;
    }

    private async Task<string?> AddEntryAsync(StartRequest request, string generation, bool isLater, CancellationToken cancellationToken)
    {
        if (!isLater)
        {
            return await services.Index.AddWakeAsync(request.InstanceId, cancellationToken);
        }

        await services.Index.AddTimerAsync(request.InstanceId, generation, request.StartAt!.Value, cancellationToken);
        return null;
    }

    private async Task DiscardAsync(StartRequest request, InstanceHead head, string? wakeKey, CancellationToken cancellationToken)
    {
        if (head.Input is { Blob: { } blob })
        {
            await services.Store.DeleteBlobAsync(blob, cancellationToken);
        }

        if (wakeKey is not null)
        {
            await services.Index.RemoveWakesAsync([wakeKey], cancellationToken);
        }
        else
        {
            await services.Index.WakeAsync(request.InstanceId, cancellationToken);
        }
    }
}

using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// Makes an episode happen: blobs first, then one transaction that replaces the head on condition that it is the one that was read, adds a row of history and
/// removes the messages that were taken in.
/// </summary>
internal sealed class EpisodeCommit(HubServices services)
{
    /// <summary>A transaction has 100 writes; the head, history and carry-overs need some.</summary>
    public const int MostMessages = 90;

    /// <returns>The head as it is now, and its version; null when it is not the one that the episode began with.</returns>
    public async Task<CommittedEpisode?> CommitAsync(
        InstanceHead head, string etag, bool hasCarryOver, OrchestrationRun run, Episode episode, CancellationToken cancellationToken)
    {
        var events = new List<HistoryEvent>(episode.Events.Count);
        foreach (var item in episode.Events)
        {
            events.Add(item is HistoryEvent.Action action && Payloads.IsLarge(action.Stored())
                ? action.With(await StoreAsync(action.Stored(), head, cancellationToken))
                : item);
        }

        var next = await NextHeadAsync(head, run, episode, events, cancellationToken);
        var writes = new List<RowWrite>
        {
            RowWrite.Replace(HubKeys.Head, DurableJson.Write(next), etag),
            await RowAsync(
                HubKeys.History(head.Execution, head.Episodes), new HistoryRow(events, null), blob => new HistoryRow(null, blob), head, cancellationToken),
        };
        if (episode.ContinuesAsNew)
        {
            var carried = run.NextExecution!.KeepsEvents ? run.Events.Unprocessed : [];
            var carryOver = new CarryOver(carried, [.. events.Where(item => Outbox.IsOutgoing(item, head))], head.Execution, null);
            writes.Add(await RowAsync(HubKeys.CarryOver(next.Execution), carryOver, blob => new CarryOver([], [], head.Execution, blob), head, cancellationToken));
        }

        if (hasCarryOver)
        {
            writes.Add(RowWrite.Delete(HubKeys.CarryOver(head.Execution)));
        }

        writes.AddRange(episode.Consumed.Select(row => RowWrite.Delete(row.Key)));
        return await CommitAsync(next, writes, cancellationToken) is { } version ? new CommittedEpisode(next, version, events) : null;
    }

    /// <summary>Changes the head alone.</summary>
    /// <returns>The new version; null when the head is not the one of <paramref name="etag"/>.</returns>
    public Task<string?> CommitAsync(InstanceHead next, string etag, CancellationToken cancellationToken) =>
        CommitAsync(next, [RowWrite.Replace(HubKeys.Head, DurableJson.Write(next), etag)], cancellationToken);

    private async Task<string?> CommitAsync(InstanceHead next, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        var partition = HubKeys.Instance(next.InstanceId);
        if (await services.Store.CommitAsync(partition, writes, cancellationToken) is { } versions)
        {
            return versions[0];
        }

        // It may have been done by an attempt whose answer was lost.
        return await services.Store.GetAsync(partition, HubKeys.Head, cancellationToken) is { } row
            && DurableJson.Read<InstanceHead>(row.Data).Commit == next.Commit
                ? row.ETag
                : null;
    }

    private async Task<InstanceHead> NextHeadAsync(
        InstanceHead head, OrchestrationRun run, Episode episode, IReadOnlyList<HistoryEvent> events, CancellationToken cancellationToken)
    {
        var isSameStatus = head.CustomStatus is null or { IsLoaded: true } && head.CustomStatus?.Value == run.CustomStatus?.Value;
        var status = isSameStatus ? head.CustomStatus : await StoreAsync(run.CustomStatus, head, cancellationToken);
        var next = head with
        {
            Status = episode.Status,
            UpdatedAt = services.Clock.UtcNow,
            CustomStatus = status,
            HasOutgoing = events.Any(item => Outbox.IsOutgoing(item, head)),
            Commit = Guid.NewGuid().ToString("N"),
        };
        if (episode.ContinuesAsNew)
        {
            return next with
            {
                Execution = head.Execution + 1,
                Episodes = 0,
                Status = InstanceStatus.Running,
                StartAt = null,
                Input = await StoreAsync(run.NextExecution!.Input, head, cancellationToken),
                HasGarbage = true,
            };
        }

        return next with
        {
            Episodes = head.Episodes + 1,
            Output = episode.Status switch
            {
                InstanceStatus.Completed => await StoreAsync(run.Output, head, cancellationToken),
                InstanceStatus.Terminated => episode.Termination!.Output,
                _ => null,
            },
            Failure = episode.Status == InstanceStatus.Failed ? run.Failure : null,
        };
    }

    private Task<Payload?> StoreAsync(Payload? payload, InstanceHead head, CancellationToken cancellationToken) =>
        services.Payloads.StoreAsync(payload, head.InstanceId, head.Generation, cancellationToken);

    private async Task<RowWrite> RowAsync<T>(string key, T content, Func<string, T> reference, InstanceHead head, CancellationToken cancellationToken)
    {
        var data = DurableJson.Write(content);
        if (data.Length > RowEntity.LargestContent)
        {
            var blob = HubKeys.Blob(head.InstanceId, head.Generation);
            await services.Store.PutBlobAsync(blob, BinaryData.FromBytes(data), cancellationToken);
            data = DurableJson.Write(reference(blob));
        }

        return RowWrite.Insert(key, data);
    }
}

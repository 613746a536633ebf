using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>Does what a committed episode has decided.</summary>
internal sealed class EpisodeOutcome(HubTerm term, HubServices services)
{
    private readonly EpisodeCommit _commit = new(services);
    private readonly Outbox _outbox = new(services, new Mailbox(services), new InstanceStarter(services, new InstancePurge(services)));

    /// <summary>Starts, delivers and tells. What becomes of the session is not its business.</summary>
    public async Task FollowAsync(InstanceSession session, LiveExecution live, CommittedEpisode committed, CancellationToken cancellationToken)
    {
        var (before, head) = (live.Head, committed.Head);
        (live.Head, live.ETag) = (head, committed.ETag);
        foreach (var activity in committed.Events.OfType<HistoryEvent.ActivityScheduled>())
        {
            term.Run(session, before, activity);
        }

        if (head.HasOutgoing)
        {
            (live.Head, live.ETag) = await DeliverAsync(head, committed.ETag, before.Execution, committed.Events, cancellationToken);
        }

        session.Version = (live.Head, live.ETag);
        await DeleteReplacedAsync(before, head, cancellationToken);
        if (before.Status != head.Status)
        {
            Report(before, head);
        }
    }

    /// <summary>Delivers what an episode sends, and notes that it is delivered.</summary>
    /// <returns>The head then.</returns>
    public async Task<(InstanceHead Head, string ETag)> DeliverAsync(
        InstanceHead head, string etag, int execution, IReadOnlyList<HistoryEvent> episode, CancellationToken cancellationToken)
    {
        await _outbox.DeliverAsync(head, execution, episode, cancellationToken);
        var delivered = head with { HasOutgoing = false, Commit = Guid.NewGuid().ToString("N") };
        return (delivered, await _commit.CommitAsync(delivered, etag, cancellationToken) ?? throw new HubConflictException());
    }

    private async Task DeleteReplacedAsync(InstanceHead before, InstanceHead head, CancellationToken cancellationToken)
    {
        if (before.CustomStatus?.Blob is { } status && status != head.CustomStatus?.Blob)
        {
            await services.Store.DeleteBlobAsync(status, cancellationToken);
        }

        if (before.Input?.Blob is { } input && input != head.Input?.Blob)
        {
            await services.Store.DeleteBlobAsync(input, cancellationToken);
        }
    }

    private void Report(InstanceHead before, InstanceHead head)
    {
        if (before.Status == InstanceStatus.Pending)
        {
            HubLog.Started(services.Logger, head.Name, head.InstanceId);
        }

        if (head.Failure is { } failure)
        {
            HubLog.Failed(services.Logger, head.Name, head.InstanceId, failure.Type);
        }
        else if (head.IsTerminal)
        {
            HubLog.Ended(services.Logger, head.Name, head.InstanceId, head.Status);
        }

        services.Door.ReportChange(head.InstanceId);
    }
}

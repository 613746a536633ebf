using DurableTask.Core.Exceptions;
using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Tracing;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// Delivers what a committed episode sends. It is found again in the last row of history until it is delivered, and the next episode is not committed
/// before, so there is never more of it than one episode's. Each delivery can be repeated.
/// </summary>
internal sealed class Outbox(HubServices services, Mailbox mailbox, InstanceStarter starter)
{
    private const int StartsAtOnce = 8;

    public static bool IsOutgoing(HistoryEvent item, InstanceHead head) =>
        item is HistoryEvent.ChildScheduled or HistoryEvent.EventSent
        || item is HistoryEvent.ExecutionEnded ended && ended.Status != InstanceStatus.Running
            && (head.Parent is not null || ended.TerminatedChildren.Count > 0);

    /// <param name="head">The instance that sends.</param>
    /// <param name="execution">Its execution that sends.</param>
    /// <param name="episode">What that execution's last episode did.</param>
    /// <param name="cancellationToken">Gives up, and leaves it to the next time.</param>
    public async Task DeliverAsync(InstanceHead head, int execution, IReadOnlyList<HistoryEvent> episode, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            episode.OfType<HistoryEvent.ChildScheduled>(),
            new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce, CancellationToken = cancellationToken },
            async (child, token) => await StartAsync(head, execution, child, token));

        // One after the other: that is the order in which they arrive.
        foreach (var sent in episode.OfType<HistoryEvent.EventSent>())
        {
            await mailbox.SendAsync(
                sent.InstanceId,
                $"{head.Generation}-{execution:x}-{sent.TaskId:x}",
                async target => new InboxMessage.Event(
                    target.Generation,
                    sent.Name,
                    await services.Payloads.CopyAsync(sent.Input, target.InstanceId, target.Generation, cancellationToken)),
                cancellationToken);
        }

        if (episode.OfType<HistoryEvent.ExecutionEnded>().FirstOrDefault() is { Status: not InstanceStatus.Running } ended)
        {
            foreach (var child in ended.TerminatedChildren)
            {
                await mailbox.SendAsync(
                    child,
                    $"{head.Generation}-{execution:x}-end",
                    async target => target.Parent?.Generation == head.Generation
                        ? new InboxMessage.Terminate(
                            target.Generation,
                            await services.Payloads.CopyAsync(head.Output, target.InstanceId, target.Generation, cancellationToken),
                            IsRecursive: true)
                        : null,
                    cancellationToken);
            }

            if (head.Parent is { } parent)
            {
                await ReportAsync(head, parent, cancellationToken);
            }
        }
    }

    private async Task StartAsync(InstanceHead head, int execution, HistoryEvent.ChildScheduled child, CancellationToken cancellationToken)
    {
        var link = new ParentLink(head.Name, head.InstanceId, head.Generation, execution, child.TaskId);
        var input = Payload.Of(await services.Payloads.ReadAsync(child.Input, cancellationToken));
        var request = new StartRequest(child.Name, child.InstanceId, input) { Parent = link, Trace = DurableSpans.OfCall(head with { Execution = execution }, child) };
        if (await starter.StartAsync(request, cancellationToken))
        {
            return;
        }

        var failure = Failure.Of(new OrchestrationAlreadyExistsException($"An instance with id '{child.InstanceId}' exists and has not ended."));
        await mailbox.SendAsync(
            head.InstanceId,
            $"{head.Generation}-{execution:x}-{child.TaskId:x}-start",
            target => Task.FromResult<InboxMessage?>(
                target.Generation == link.Generation ? new InboxMessage.ChildFailed(link.Generation, execution, child.TaskId, failure) : null),
            cancellationToken);
    }

    private Task ReportAsync(InstanceHead head, ParentLink parent, CancellationToken cancellationToken) => mailbox.SendAsync(
        parent.InstanceId,
        $"{head.Generation}-{head.Execution:x}-result",
        async target =>
        {
            if (target.Generation != parent.Generation || target.Execution != parent.Execution)
            {
                return null;
            }

            return head.Status == InstanceStatus.Completed
                ? new InboxMessage.ChildCompleted(
                    parent.Generation,
                    parent.Execution,
                    parent.TaskId,
                    await services.Payloads.CopyAsync(head.Output, target.InstanceId, target.Generation, cancellationToken))
                : new InboxMessage.ChildFailed(parent.Generation, parent.Execution, parent.TaskId, head.Failure ?? Terminated(head));
        },
        cancellationToken);

    private static Failure Terminated(InstanceHead head) =>
        new(typeof(OperationCanceledException).FullName!, $"Orchestration '{head.InstanceId}' was terminated.", null, null);
}

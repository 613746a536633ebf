using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>Reads heads for clients.</summary>
internal sealed class InstanceQuery(HubServices services)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task<OrchestrationMetadata?> GetAsync(string instanceId, bool withPayloads, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ReadAsync(instanceId, cancellationToken) is { Status: not InstanceStatus.Purging } head
                    ? await DescribeAsync(head, withPayloads, cancellationToken)
                    : null;
            }
            catch (InstanceGoneException)
            {
                // It went on between its head and its payloads.
            }
        }
    }

    /// <summary>Waits until the instance is there and as it is wanted.</summary>
    public async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<InstanceHead, bool> isWanted, bool withPayloads, CancellationToken cancellationToken)
    {
        for (var wait = FirstWait; ; wait = wait * 1.5 < LongestWait ? wait * 1.5 : LongestWait)
        {
            var change = services.Door.NextChange(instanceId);
            if (await ReadAsync(instanceId, cancellationToken) is { Status: not InstanceStatus.Purging } head && isWanted(head))
            {
                try
                {
                    return await DescribeAsync(head, withPayloads, cancellationToken);
                }
                catch (InstanceGoneException)
                {
                    // It was started anew, so that it is waited for again.
                }
            }

            using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(change, Task.Delay(wait, services.Clock.Provider, wake.Token));
            await wake.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async Task<Page<OrchestrationMetadata>> PageAsync(
        OrchestrationQuery filter, string? continuationToken, int size, CancellationToken cancellationToken)
    {
        if (filter.TaskHubNames is { } hubs && !hubs.Contains(services.Settings.HubName, StringComparer.OrdinalIgnoreCase))
        {
            return new Page<OrchestrationMetadata>([]);
        }

        var (from, to) = HubKeys.Instances(filter.InstanceIdPrefix);
        var rows = await services.Store.QueryPartitionsAsync(continuationToken ?? from, to, HubKeys.Head, Math.Max(size, 1), cancellationToken);
        var found = new List<OrchestrationMetadata>();
        foreach (var head in rows.Select(row => DurableJson.Read<InstanceHead>(row.Data)).Where(head => IsMatch(head, filter)))
        {
            try
            {
                found.Add(await DescribeAsync(head, filter.FetchInputsAndOutputs, cancellationToken));
            }
            catch (InstanceGoneException)
            {
                if (await GetAsync(head.InstanceId, filter.FetchInputsAndOutputs, cancellationToken) is { } current)
                {
                    found.Add(current);
                }
            }
        }

        return new Page<OrchestrationMetadata>(found, rows.Count < size ? null : HubKeys.After(rows[^1].Partition));
    }

    private static bool IsMatch(InstanceHead head, OrchestrationQuery filter) =>
        head.Status != InstanceStatus.Purging
        && (filter.CreatedFrom is not { } createdFrom || head.CreatedAt >= createdFrom.UtcDateTime)
        && (filter.CreatedTo is not { } createdTo || head.CreatedAt <= createdTo.UtcDateTime)
        && (filter.Statuses?.Any() is not true || filter.Statuses.Contains(StatusOf(head)));

    private static OrchestrationRuntimeStatus StatusOf(InstanceHead head) => head.Status switch
    {
        InstanceStatus.Pending => OrchestrationRuntimeStatus.Pending,
        InstanceStatus.Suspended => OrchestrationRuntimeStatus.Suspended,
        InstanceStatus.Completed => OrchestrationRuntimeStatus.Completed,
        InstanceStatus.Failed => OrchestrationRuntimeStatus.Failed,
        InstanceStatus.Terminated => OrchestrationRuntimeStatus.Terminated,
        _ => OrchestrationRuntimeStatus.Running,
    };

    private async Task<InstanceHead?> ReadAsync(string instanceId, CancellationToken cancellationToken) =>
        await services.Store.GetAsync(HubKeys.Instance(instanceId), HubKeys.Head, cancellationToken) is { } row
            ? DurableJson.Read<InstanceHead>(row.Data)
            : null;

    private async Task<OrchestrationMetadata> DescribeAsync(InstanceHead head, bool withPayloads, CancellationToken cancellationToken) =>
        new(head.Name, head.InstanceId)
        {
            RuntimeStatus = StatusOf(head),
            CreatedAt = new DateTimeOffset(head.CreatedAt, TimeSpan.Zero),
            LastUpdatedAt = new DateTimeOffset(head.UpdatedAt, TimeSpan.Zero),
            DataConverter = withPayloads ? services.Converter : null,
            SerializedInput = withPayloads ? await services.Payloads.ReadAsync(head.Input, cancellationToken) : null,
            SerializedOutput = withPayloads ? await services.Payloads.ReadAsync(head.Output, cancellationToken) : null,
            SerializedCustomStatus = withPayloads ? await services.Payloads.ReadAsync(head.CustomStatus, cancellationToken) : null,
            FailureDetails = withPayloads ? head.Failure?.ToDetails() : null,
        };
}

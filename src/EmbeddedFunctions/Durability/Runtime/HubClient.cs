using DurableTask.Core.Exceptions;
using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>The client of a hub, which it reaches by storage alone: the process need not own the hub.</summary>
internal sealed class HubClient(HubServices services) : DurableTaskClient(services.Settings.HubName)
{
    private readonly Mailbox _mailbox = new(services);
    private readonly InstancePurge _purge = new(services);
    private readonly InstanceStarter _starter = new(services, new InstancePurge(services));
    private readonly InstanceQuery _query = new(services);

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var instanceId = string.IsNullOrEmpty(options?.InstanceId) ? Guid.NewGuid().ToString("N") : options.InstanceId;
        if (instanceId.StartsWith('@'))
        {
            throw new ArgumentException("An instance id must not start with '@'.", nameof(options));
        }

        using var span = DurableSpans.Schedule(orchestratorName, instanceId);
        var request = new StartRequest(orchestratorName, instanceId, Payload.Of(services.Converter.Serialize(input)))
        {
            StartAt = options?.StartAt?.UtcDateTime,
            Trace = TraceLink.Current,
        };
        return await _starter.StartAsync(request, cancellation)
            ? instanceId
            : throw new OrchestrationAlreadyExistsException($"An orchestration instance with the ID {instanceId} exists and has not ended.");
    }

    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var payload = Payload.Of(services.Converter.Serialize(eventPayload));
        using var span = DurableSpans.Raise(eventName, instanceId);
        await SendAsync(
            instanceId,
            async target => new InboxMessage.Event(target.Generation, eventName, await StoreAsync(payload, target, cancellation)),
            cancellation);
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var output = Payload.Of(services.Converter.Serialize(options?.Output));
        return SendAsync(
            instanceId,
            async target => new InboxMessage.Terminate(target.Generation, await StoreAsync(output, target, cancellation), options?.Recursive ?? false),
            cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, target => Task.FromResult<InboxMessage?>(new InboxMessage.Suspend(target.Generation)), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, target => Task.FromResult<InboxMessage?>(new InboxMessage.Resume(target.Generation)), cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        _query.WaitAsync(instanceId, head => head.Status != InstanceStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        _query.WaitAsync(instanceId, head => head.IsTerminal, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        _query.GetAsync(instanceId, getInputsAndOutputs, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new InstancePages(_query, filter ?? new OrchestrationQuery());

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new(await _purge.PurgeAsync(instanceId, options?.Recursive ?? false, cancellation), isComplete: true);

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var count = 0;
        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        await foreach (var instance in GetAllInstancesAsync(query).WithCancellation(cancellation))
        {
            if (instance.IsCompleted)
            {
                count += await _purge.PurgeAsync(instance.InstanceId, options?.Recursive ?? false, cancellation);
            }
        }

        return new PurgeResult(count, isComplete: true);
    }

    // It holds nothing, and it is every function's.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task SendAsync(string instanceId, Func<InstanceHead, Task<InboxMessage?>> create, CancellationToken cancellationToken) =>
        _mailbox.SendAsync(instanceId, Guid.NewGuid().ToString("N"), create, cancellationToken);

    private Task<Payload?> StoreAsync(Payload? payload, InstanceHead target, CancellationToken cancellationToken) =>
        services.Payloads.StoreAsync(payload, target.InstanceId, target.Generation, cancellationToken);
}

using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace VoiceFunctions.Tests.Stubs;

/// <summary>A task hub that remembers what it was asked for and runs nothing.</summary>
internal sealed class StubDurableTaskClient() : DurableTaskClient("stub")
{
    public ConcurrentDictionary<string, OrchestrationRuntimeStatus> Instances { get; } = [];

    public ConcurrentQueue<(string Orchestrator, object? Input, string Id)> Scheduled { get; } = [];

    public ConcurrentQueue<(string Id, string Event)> Raised { get; } = [];

    public ConcurrentQueue<string> Purged { get; } = [];

    /// <summary>What scheduling and raising events fail with.</summary>
    public Exception? Failure { get; set; }

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var id = options!.InstanceId!;
        if (Failure is not null)
        {
            return Task.FromException<string>(Failure);
        }

        if (!Instances.TryAdd(id, OrchestrationRuntimeStatus.Pending))
        {
            return Task.FromException<string>(new InvalidOperationException("The instance is there."));
        }

        Scheduled.Enqueue((orchestratorName, input, id));
        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        if (Failure is not null)
        {
            return Task.FromException(Failure);
        }

        Raised.Enqueue((instanceId, eventName));
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(Instances.TryGetValue(instanceId, out var status) ? Instance(instanceId, status) : null);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new OnePage([.. Instances.Where(one => one.Key.StartsWith(filter?.InstanceIdPrefix ?? string.Empty, StringComparison.Ordinal)).Select(one => Instance(one.Key, one.Value))]);

    public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Purged.Enqueue(instanceId);
        return Task.FromResult(new PurgeResult(Instances.TryRemove(instanceId, out _) ? 1 : 0));
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationMetadata Instance(string id, OrchestrationRuntimeStatus status) => new("stub", id) { RuntimeStatus = status };

    private sealed class OnePage(IReadOnlyList<OrchestrationMetadata> instances) : AsyncPageable<OrchestrationMetadata>
    {
        public override async IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(string? continuationToken = default, int? pageSizeHint = default)
        {
            await Task.CompletedTask;
            yield return new Page<OrchestrationMetadata>(instances);
        }
    }
}

using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>An execution in memory, and the version of the head that it stands on.</summary>
internal sealed class LiveExecution(InstanceHead head, string etag, OrchestrationRun run, IOrchestratorCall? call, CarryOver? carryOver) : IAsyncDisposable
{
    public InstanceHead Head { get; set; } = head;

    public string ETag { get; set; } = etag;

    public OrchestrationRun Run { get; } = run;

    /// <summary>What the first episode takes over.</summary>
    public CarryOver? CarryOver { get; } = carryOver;

    public ValueTask DisposeAsync() => call?.DisposeAsync() ?? ValueTask.CompletedTask;
}

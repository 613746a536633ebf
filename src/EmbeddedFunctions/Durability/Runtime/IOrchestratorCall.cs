using Microsoft.DurableTask;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>One run of an orchestrator's code, which is disposed when it is finished or given up.</summary>
internal interface IOrchestratorCall : IAsyncDisposable
{
    /// <summary>Called before each episode, and not for a replay. What it returns is disposed after it, unless nothing has happened.</summary>
    IDisposable? BeginEpisode();

    Task<object?> InvokeAsync(TaskOrchestrationContext context);
}

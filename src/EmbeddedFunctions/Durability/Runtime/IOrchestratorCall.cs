using Microsoft.DurableTask;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>One run of an orchestrator's code, which is disposed when it is finished or given up.</summary>
internal interface IOrchestratorCall : IAsyncDisposable
{
    Task<object?> InvokeAsync(TaskOrchestrationContext context);
}

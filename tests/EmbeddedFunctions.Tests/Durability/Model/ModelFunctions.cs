using System.Diagnostics;
using EmbeddedFunctions.Durability.Runtime;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>The app of the model: one orchestrator and one activity.</summary>
internal sealed class ModelFunctions(World world, DataConverter converter) : IDurableFunctions
{
    public IOrchestratorCall? CreateOrchestratorCall(string name, ActivityContext trace) => name == Interpreter.Orchestrator ? new OrchestratorCall() : null;

    public IActivityCall? CreateActivityCall(string name) => name == Interpreter.Activity ? new ActivityCall(world, converter) : null;

    private sealed class OrchestratorCall : IOrchestratorCall
    {
        public IDisposable? BeginEpisode() => null;

        public Task<object?> InvokeAsync(TaskOrchestrationContext context) => new Interpreter(context).RunAsync();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class ActivityCall(World world, DataConverter converter) : IActivityCall
    {
        public async Task<object?> InvokeAsync(string instanceId, string? input, ActivityContext trace, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return world.Do(converter.Deserialize<ModelWork>(input)!);
        }
    }
}

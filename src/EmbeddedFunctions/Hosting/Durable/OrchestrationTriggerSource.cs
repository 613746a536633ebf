using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Hosting.Durable;

/// <summary>Orchestrators. It also starts and stops the hub, for itself and the activities.</summary>
internal sealed class OrchestrationTriggerSource(DurableHub hub, DurableFunctions functions) : ITriggerSource, IDisposable
{
    public Type Attribute => typeof(OrchestrationTriggerAttribute);

    public TriggerBinding? Bind(FunctionCandidate candidate)
    {
        if (candidate.Trigger.ParameterType != typeof(TaskOrchestrationContext))
        {
            candidate.Refuse($"the trigger parameter '{candidate.Trigger.Name}' must be a TaskOrchestrationContext, not {candidate.Trigger.ParameterType}.");
        }

        if (!candidate.Method.ReturnType.IsAssignableTo(typeof(Task)))
        {
            candidate.Refuse($"an orchestrator must return a task, not {candidate.Method.ReturnType}.");
        }

        if (!candidate.IsDisabled)
        {
            hub.RefuseIfMissing(candidate.Refuse);
        }

        return new TriggerBinding { Type = "orchestrationTrigger", Value = TriggerBinding.GivenValue, Serve = functions.AddOrchestrator };
    }

    public IEnumerable<string> FindConflicts() => [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!functions.IsEmpty)
        {
            hub.Start(functions);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => hub.StopAsync(cancellationToken);

    public void Dispose() => hub.Dispose();
}

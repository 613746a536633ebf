using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class PlanSynthesis(SynthesisPlanning planning)
{
    [Function(nameof(PlanSynthesis))]
    public Task<JobPlan> RunAsync([ActivityTrigger] JobReference job, CancellationToken cancellationToken) => planning.PlanAsync(job, cancellationToken);
}

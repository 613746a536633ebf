using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class SynthesisJob
{
    private static readonly JobSteps Steps = new(nameof(PlanSynthesis), nameof(SynthesizeChunk), nameof(StitchSpeech), ChunkUnit.Characters);

    [Function(nameof(SynthesisJob))]
    public Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => JobOrchestration.RunAsync(context, Steps);
}

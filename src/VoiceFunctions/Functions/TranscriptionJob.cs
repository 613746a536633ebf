using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class TranscriptionJob
{
    private static readonly JobSteps Steps = new(nameof(PlanTranscription), nameof(TranscribeChunk), nameof(MergeTranscripts), ChunkUnit.Samples);

    [Function(nameof(TranscriptionJob))]
    public Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => JobOrchestration.RunAsync(context, Steps);
}

using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

/// <summary>A part of a job: some of its chunks.</summary>
public sealed class JobChunks
{
    [Function(nameof(JobChunks))]
    public Task<ChunksEnd> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => ChunksOrchestration.RunAsync(context);
}

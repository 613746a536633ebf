using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class PublishJob(JobEnding ending)
{
    [Function(nameof(PublishJob))]
    public Task<JobStop?> RunAsync([ActivityTrigger] PublishCall call, CancellationToken cancellationToken) => ending.PublishAsync(call, cancellationToken);
}

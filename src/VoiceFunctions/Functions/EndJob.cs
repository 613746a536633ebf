using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class EndJob(JobEnding ending)
{
    [Function(nameof(EndJob))]
    public Task RunAsync([ActivityTrigger] EndCall call, CancellationToken cancellationToken) => ending.EndAsync(call, cancellationToken);
}

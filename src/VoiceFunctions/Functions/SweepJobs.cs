using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Jobs.Retention;

namespace VoiceFunctions.Functions;

/// <summary>Every minute: looks at the jobs that are due to be looked at, such as one whose start was lost in a crash.</summary>
public sealed class SweepJobs(JobSweep sweep)
{
    [Function(nameof(SweepJobs))]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        sweep.RunAsync(client, cancellationToken);
}

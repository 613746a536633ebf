using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class ReportProgress(JobReports reports)
{
    [Function(nameof(ReportProgress))]
    public Task RunAsync([ActivityTrigger] JobProgress progress, CancellationToken cancellationToken) => reports.ReportAsync(progress, cancellationToken);
}

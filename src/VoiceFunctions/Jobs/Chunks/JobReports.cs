using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Writes into the record of a job how far it has come.</summary>
public sealed class JobReports
{
    private readonly JobStore _store;

    internal JobReports(JobStore store) => _store = store;

    public Task ReportAsync(JobProgress progress, CancellationToken cancellationToken) =>
        _store.ChangeAsync(progress.Job.Tenant, progress.Job.Id, job => Apply(job, progress), cancellationToken);

    /// <summary>Notes that a stage has begun.</summary>
    internal Task BeginAsync(Job job, JobStage stage, CancellationToken cancellationToken) => _store.ChangeAsync(
        job.Tenant, job.Id, current => IsBefore(current, stage) ? current with { Status = JobStatus.Running, Stage = stage } : null, cancellationToken);

    /// <summary>Notes that the chunks can be made, and that nothing has been billed so far.</summary>
    internal Task PlannedAsync(Job job, int chunks, CancellationToken cancellationToken) => _store.ChangeAsync(
        job.Tenant,
        job.Id,
        current => !IsBefore(current, JobStage.Chunks) ? null
            : current with { Stage = JobStage.Chunks, Total = chunks, CostUsd = current.Stage < JobStage.Chunks ? 0 : current.CostUsd },
        cancellationToken);

    /// <summary>A job that is called off stays where it was.</summary>
    private static bool IsBefore(Job job, JobStage stage) => job is { IsFinished: false, CancelRequested: false } && job.Stage <= stage;

    private static Job? Apply(Job job, JobProgress progress) => job.IsFinished || job.Stage > JobStage.Chunks ? null : job with
    {
        Stage = job.CancelRequested ? job.Stage : JobStage.Chunks,
        Done = progress.Tally.Done,
        Total = progress.Total,
        CostUsd = progress.Tally.CostUsd,
        Attempts = [.. job.Attempts.Take(progress.Tally.Attempts - progress.Latest.Count), .. progress.Latest],
    };
}

using Microsoft.Extensions.Logging;
using VoiceFunctions.Jobs.DropFolder;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Ends a job: what it is to be told by first, then what is no longer needed. Done twice, it is done once.</summary>
public sealed partial class JobEnding
{
    private readonly JobStore _store;
    private readonly JobBlobs _blobs;
    private readonly JobWatch _watch;
    private readonly JobReports _reports;
    private readonly DropOutcomes _outcomes;
    private readonly ILogger<JobEnding> _logger;

    internal JobEnding(JobStore store, JobBlobs blobs, JobWatch watch, JobReports reports, DropOutcomes outcomes, ILogger<JobEnding> logger) =>
        (_store, _blobs, _watch, _reports, _outcomes, _logger) = (store, blobs, watch, reports, outcomes, logger);

    /// <returns>Why the job does not end well after all; <see langword="null"/> when it does.</returns>
    public async Task<JobStop?> PublishAsync(PublishCall call, CancellationToken cancellationToken)
    {
        var (tenant, id) = call.Job;
        var job = await _store.GetAsync(tenant, id, cancellationToken);
        if (job is not { Status: JobStatus.Succeeded })
        {
            if (_watch.Stop(job) is { } stop)
            {
                return stop;
            }

            await _reports.BeginAsync(job!, JobStage.Publish, cancellationToken);
            // Whoever calls a job off and whoever publishes it write the same record: one of them comes first.
            job = await _store.ChangeAsync(tenant, id, current => _watch.Stop(current) is null ? Succeeded(current, call) : null, cancellationToken);
            if (job is not { Status: JobStatus.Succeeded })
            {
                return _watch.Stop(job) ?? JobStop.Gone;
            }
        }

        await _outcomes.SettleAsync(job, cancellationToken);
        await _blobs.DeleteTemporaryAsync(tenant, id, cancellationToken);
        LogSucceeded(id);
        return null;
    }

    public async Task EndAsync(EndCall call, CancellationToken cancellationToken)
    {
        var (tenant, id) = call.Job;
        var job = call.Stop.Kind == JobStopKind.Gone
            ? await _store.GetAsync(tenant, id, cancellationToken)
            : await _store.ChangeAsync(tenant, id, current => Stopped(current, call.Stop), cancellationToken);
        if (job is not { Status: JobStatus.Succeeded })
        {
            await _blobs.DeleteResultsAsync(call.ResultsPath, cancellationToken);
        }

        if (job is not null)
        {
            await _outcomes.SettleAsync(job, cancellationToken);
        }

        await _blobs.DeleteTemporaryAsync(tenant, id, cancellationToken);
        LogStopped(id, call.Stop.Kind, call.Stop.Code);
    }

    private static Job Succeeded(Job job, PublishCall call) => job with { Status = JobStatus.Succeeded, Results = call.Results, Inaudible = call.Inaudible };

    private static Job Stopped(Job job, JobStop stop) => stop.Kind == JobStopKind.Cancelled
        ? job with { Status = JobStatus.Cancelled }
        : job with { Status = JobStatus.Failed, Error = new JobError(stop.Code!, stop.Detail!) };

    [LoggerMessage(LogLevel.Information, "Job {Job} is done.")]
    private partial void LogSucceeded(string job);

    [LoggerMessage(LogLevel.Information, "Job {Job} ends without results: {Kind} {Code}.")]
    private partial void LogStopped(string job, JobStopKind kind, string? code);
}

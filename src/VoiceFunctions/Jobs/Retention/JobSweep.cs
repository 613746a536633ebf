using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Jobs.DropFolder;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs.Retention;

/// <summary>
/// Looks at the jobs that the agenda says are due, and does what their state calls for: starts what was not started, ends what its orchestration has left
/// unended, deletes what is past its retention. Everything that it does can be done twice.
/// </summary>
public sealed partial class JobSweep
{
    /// <summary>How long after a job was announced its record may come: longer than any request takes.</summary>
    private static readonly TimeSpan RecordPatience = TimeSpan.FromHours(1);

    /// <summary>How often a job that is under way is looked at.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(10);

    private readonly JobStore _store;
    private readonly JobAgenda _agenda;
    private readonly JobBlobs _blobs;
    private readonly JobLauncher _launcher;
    private readonly DropOutcomes _outcomes;
    private readonly JobOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal JobSweep(
        JobStore store, JobAgenda agenda, JobBlobs blobs, JobLauncher launcher, DropOutcomes outcomes, IOptions<JobOptions> options, TimeProvider time, ILogger<JobSweep> logger) =>
        (_store, _agenda, _blobs, _launcher, _outcomes, _options, _time, _logger) = (store, agenda, blobs, launcher, outcomes, options.Value, time, logger);

    public async Task RunAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var entry in _agenda.DueAsync(_time.GetUtcNow(), cancellationToken))
        {
            try
            {
                await LookAtAsync(entry, client, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !StorageFailure.Is(exception, cancellationToken))
            {
                // One job that cannot be dealt with must not keep the others waiting.
                LogFailed(entry.Id, exception);
                await _agenda.MoveAsync(entry, _time.GetUtcNow() + Round, cancellationToken);
            }
        }
    }

    private async Task LookAtAsync(AgendaEntry entry, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        switch (await _store.GetAsync(entry.Tenant, entry.Id, cancellationToken))
        {
            case null when now - entry.CreatedAt < RecordPatience:
                await _agenda.MoveAsync(entry, now + _options.StartGrace, cancellationToken);
                break;
            case null:
                await _blobs.DeleteTemporaryAsync(entry.Tenant, entry.Id, cancellationToken);
                await _agenda.RemoveAsync(entry, cancellationToken);
                break;
            case { IsFinished: false } job:
                await SeeToAsync(job, client, cancellationToken);
                await _agenda.MoveAsync(entry, now + Round, cancellationToken);
                break;
            case { ExpiresAt: { } expiresAt } job when expiresAt > now:
                // What a crash between the end and the clearing up has left.
                await _blobs.DeleteTemporaryAsync(job.Tenant, job.Id, cancellationToken);
                await _agenda.MoveAsync(entry, await IsTellingAsync(job, client, cancellationToken) && now + Round < expiresAt ? now + Round : expiresAt, cancellationToken);
                break;
            case { } job when job.ExpiresAt + _options.RecordRetention > now:
                await _blobs.DeleteResultsAsync(job.ResultsPath, cancellationToken);
                await PurgeAsync(job, client, cancellationToken);
                await _agenda.MoveAsync(entry, job.ExpiresAt!.Value + _options.RecordRetention, cancellationToken);
                break;
            case { DropPath: not null } job when await _outcomes.IsPresentAsync(job, cancellationToken):
                // As long as the file lies there the trigger may tell of it again.
                await _agenda.MoveAsync(entry, now + _options.RecordRetention, cancellationToken);
                break;
            case { } job:
                await _store.DeleteAsync(job, cancellationToken);
                await _agenda.RemoveAsync(entry, cancellationToken);
                break;
        }
    }

    /// <summary>Sees to it that somebody tells the receiver of a job, also of one whose own orchestration could not.</summary>
    /// <returns>Whether it has still to be told.</returns>
    private async Task<bool> IsTellingAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (job.Callback is not { State: CallbackState.Pending })
        {
            return false;
        }

        // The job's own orchestration comes first; it goes on to tell when it has cleared up.
        if (_time.GetUtcNow() - job.FinishedAt >= Round)
        {
            await _launcher.NotifyAsync(job, client, cancellationToken);
        }

        return true;
    }

    /// <summary>Deletes the history of a job's orchestrations, whose ids all begin with the job's.</summary>
    private static async Task PurgeAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = job.Id }).WithCancellation(cancellationToken))
        {
            await client.PurgeInstanceAsync(instance.InstanceId, cancellation: cancellationToken);
        }
    }

    /// <summary>A job that has not ended needs an orchestration that has not ended either.</summary>
    private async Task SeeToAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(job.Id, cancellationToken);
        if (instance is null)
        {
            LogStarted(job.Id);
            await _launcher.StartAsync(job, client, cancellationToken);
        }
        else if (instance.IsCompleted)
        {
            LogAbandoned(job.Id, instance.RuntimeStatus);
            var error = new JobError("internal_error", "The job stopped because of a defect. It has been logged under the job's id.");
            var failed = await _store.ChangeAsync(
                job.Tenant, job.Id, current => current.IsFinished ? null : current with { Status = JobStatus.Failed, Error = error }, cancellationToken);
            await _outcomes.SettleAsync(failed ?? job, cancellationToken);
        }
        else if (job.CancelRequested)
        {
            await _launcher.TellCancelledAsync(job, client, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Job {Job} was stored and not started; it is now.")]
    private partial void LogStarted(string job);

    [LoggerMessage(LogLevel.Error, "The orchestration of job {Job} is {Status} and has not ended the job; it has failed.")]
    private partial void LogAbandoned(string job, OrchestrationRuntimeStatus status);

    [LoggerMessage(LogLevel.Error, "Job {Job} could not be looked at; it will be again.")]
    private partial void LogFailed(string job, Exception exception);
}

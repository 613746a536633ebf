using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Jobs;

/// <summary>
/// Makes a job: its entry in the agenda, its record, its orchestration, in this order. A crash after the record loses nothing: whoever keeps the agenda starts
/// what was not started.
/// </summary>
internal sealed partial class JobLauncher(JobStore store, JobAgenda agenda, IOptions<JobOptions> options, ILogger<JobLauncher> logger)
{
    /// <summary>The orchestrators, by the names of their functions.</summary>
    public const string SynthesisOrchestrator = "SynthesisJob";

    /// <inheritdoc cref="SynthesisOrchestrator"/>
    public const string TranscriptionOrchestrator = "TranscriptionJob";

    /// <summary>Announces a job whose blobs are about to be written, so that they are found if its record never is.</summary>
    public Task AnnounceAsync(string tenant, string id, DateTimeOffset createdAt, CancellationToken cancellationToken) =>
        agenda.EnterAsync(tenant, id, createdAt, createdAt + options.Value.StartGrace, cancellationToken);

    /// <summary>Stores an announced job and starts it, or finds the one of its id and sees to it that it is started.</summary>
    public async Task<Job> LaunchAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var stored = await store.InsertAsync(job, cancellationToken);
        try
        {
            await StartAsync(stored, client, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The job is accepted all the same: it is started when its entry in the agenda is due.
            LogNotStarted(stored.Id, exception);
        }

        return stored;
    }

    /// <summary>Starts the orchestration of a job that nobody has started.</summary>
    public static async Task StartAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken)
    {
        // An id that has ended would start anew.
        if (job.IsFinished || await client.GetInstanceAsync(job.Id, cancellationToken) is not null)
        {
            return;
        }

        try
        {
            var orchestrator = job.Kind == JobKind.Tts ? SynthesisOrchestrator : TranscriptionOrchestrator;
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, JobInput.Of(job), new StartOrchestrationOptions(job.Id), cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What a start that comes second throws differs between versions of the client.
            if (await client.GetInstanceAsync(job.Id, cancellationToken) is null)
            {
                throw;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Job {Job} is stored and could not be started; it will be within minutes.")]
    private partial void LogNotStarted(string job, Exception exception);
}

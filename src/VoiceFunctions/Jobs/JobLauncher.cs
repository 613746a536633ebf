using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Functions;
using VoiceFunctions.Jobs.Callbacks;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs;

/// <summary>
/// Makes a job: its entry in the agenda, its record, its orchestration, in this order. A crash after the record loses nothing: whoever keeps the agenda starts
/// what was not started.
/// </summary>
internal sealed partial class JobLauncher(
    JobStore store,
    JobAgenda agenda,
    IOptions<JobOptions> options,
    IOptions<ChunkOptions> chunks,
    IOptions<CallbackOptions> callbacks,
    TimeProvider time,
    ILogger<JobLauncher> logger)
{
    /// <summary>The event that a job's orchestration is woken with when its owner wants it to end.</summary>
    public const string CancelEvent = ChunksOrchestration.Cancel;

    /// <summary>How long a caller waits for what can be made up for.</summary>
    private static readonly TimeSpan HubPatience = TimeSpan.FromSeconds(5);

    /// <summary>Announces a job whose blobs are about to be written, so that they are found if its record never is.</summary>
    public Task AnnounceAsync(string tenant, string id, DateTimeOffset createdAt, CancellationToken cancellationToken) =>
        agenda.EnterAsync(tenant, id, createdAt, createdAt + options.Value.StartGrace, cancellationToken);

    /// <summary>Stores an announced job and starts it, or finds the one of its id and sees to it that it is started.</summary>
    public async Task<Job> LaunchAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var stored = await store.InsertAsync(job, cancellationToken);
        await EnsureStartedAsync(stored, client, cancellationToken);
        return stored;
    }

    /// <summary>Starts a stored job if nobody has. A start that fails is made up for: the job's entry in the agenda is soon due.</summary>
    public async Task EnsureStartedAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (job.Status != JobStatus.Pending)
        {
            return;
        }

        await TryAsync(token => StartAsync(job, client, token), job, cancellationToken);
    }

    /// <summary>Wakes the orchestration of a job whose record says that it is to end. A call that fails is made up for too.</summary>
    public async Task TellCancelledAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await EnsureStartedAsync(job, client, cancellationToken);
        await TryAsync(token => client.RaiseEventAsync(job.Id, CancelEvent, cancellation: token), job, cancellationToken);
    }

    /// <summary>Starts the orchestration of a job that nobody has started.</summary>
    public Task StartAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken) => job.IsFinished
        ? Task.CompletedTask
        : StartAsync(job.Id, job.Kind == JobKind.Tts ? nameof(SynthesisJob) : nameof(TranscriptionJob), JobInput.Of(job, chunks.Value, callbacks.Value), client, cancellationToken);

    /// <summary>Has the receiver of a job that has ended told, if nobody does it yet.</summary>
    public Task NotifyAsync(Job job, DurableTaskClient client, CancellationToken cancellationToken) => StartAsync(
        Notification.InstanceId(job.Id), nameof(NotifyJob), new NotifyInput(new JobReference(job.Tenant, job.Id), CallbackRules.Of(callbacks.Value)), client, cancellationToken);

    /// <summary>Asks the task hub for something that whoever keeps the agenda asks for again.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> call, Job job, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(HubPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await call(either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogHubAway(job.Id, exception);
        }
    }

    private static async Task StartAsync(string id, string orchestrator, object input, DurableTaskClient client, CancellationToken cancellationToken)
    {
        // An id that has ended would start anew.
        if (await client.GetInstanceAsync(id, cancellationToken) is not null)
        {
            return;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id), cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What a start that comes second throws differs between versions of the client.
            if (await client.GetInstanceAsync(id, cancellationToken) is null)
            {
                throw;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The task hub does not answer for job {Job}, whose record is stored; it will be asked again within minutes.")]
    private partial void LogHubAway(string job, Exception exception);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Lets work on a job begin, and go on, only while the job is wanted: it has a record, its deadline is ahead and nobody has called it off.</summary>
internal sealed class JobWatch(
    [FromKeyedServices(StorageClients.Patient)] JobStore patient, JobStore store, IOptions<ChunkOptions> options, TimeProvider time)
{
    /// <param name="reference">Of the job.</param>
    /// <param name="work">Is given the job's record, and cancelled when the job is no longer wanted.</param>
    /// <param name="stopped">What to answer then.</param>
    /// <param name="cancellationToken">Ends work and watch.</param>
    public async Task<T> RunAsync<T>(
        JobReference reference, Func<Job, CancellationToken, Task<T>> work, Func<JobStop, T> stopped, CancellationToken cancellationToken)
    {
        var job = await patient.GetAsync(reference.Tenant, reference.Id, cancellationToken);
        if (Stop(job) is { } already)
        {
            return stopped(already);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(job!, ending.Token);
        var stop = await WatchAsync(job!, running, cancellationToken);
        if (stop is not null)
        {
            await ending.CancelAsync();
        }

        try
        {
            return await running;
        }
        catch (OperationCanceledException) when (stop is not null)
        {
            return stopped(stop);
        }
    }

    /// <returns>Why the work is to end; <see langword="null"/> when it has ended by itself.</returns>
    private async Task<JobStop?> WatchAsync(Job job, Task running, CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                var left = job.Deadline - time.GetUtcNow();
                var pause = left < options.Value.WatchInterval ? left : options.Value.WatchInterval;
                await Task.WhenAny(running, Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, leaving.Token));
                if (running.IsCompleted || cancellationToken.IsCancellationRequested)
                {
                    return null;
                }

                if (Stop(await RereadAsync(job, cancellationToken)) is { } stop)
                {
                    return stop;
                }
            }
        }
        finally
        {
            await leaving.CancelAsync();
        }
    }

    /// <summary>Why a job is no longer wanted; <see langword="null"/> when it is.</summary>
    public JobStop? Stop(Job? job) => job switch
    {
        null or { IsFinished: true } => JobStop.Gone,
        { CancelRequested: true } => JobStop.Cancelled,
        _ when job.Deadline <= time.GetUtcNow() => JobStop.DeadlineExceeded,
        _ => null,
    };

    /// <summary>The record as it is now, or as far as it is known.</summary>
    private async Task<Job?> RereadAsync(Job job, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(job.Tenant, job.Id, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.Is(exception, cancellationToken))
        {
            return job;
        }
    }
}

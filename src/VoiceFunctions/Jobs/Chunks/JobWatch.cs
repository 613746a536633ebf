using Microsoft.Extensions.Options;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>
/// Lets work on a job begin, and go on, only while the job is wanted: it has a record, its deadline is ahead and nobody has called it off. However many chunks of
/// a job are under way, its record is read once in an interval.
/// </summary>
internal sealed class JobWatch(JobStore store, IOptions<ChunkOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<JobReference, JobSnapshot> _snapshots = [];

    /// <param name="reference">Of the job.</param>
    /// <param name="work">Is given the job's record, and cancelled when the job is no longer wanted.</param>
    /// <param name="stopped">What to answer then.</param>
    /// <param name="cancellationToken">Ends work and watch.</param>
    public async Task<T> RunAsync<T>(
        JobReference reference, Func<Job, CancellationToken, Task<T>> work, Func<JobStop, T> stopped, CancellationToken cancellationToken)
    {
        var snapshot = Hold(reference);
        try
        {
            var job = await snapshot.ReadAsync(cancellationToken);
            return Stop(job) is { } already ? stopped(already) : await RunAsync(job!, snapshot, work, stopped, cancellationToken);
        }
        finally
        {
            Leave(reference, snapshot);
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

    private async Task<T> RunAsync<T>(
        Job job, JobSnapshot snapshot, Func<Job, CancellationToken, Task<T>> work, Func<JobStop, T> stopped, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(job, ending.Token);
        var stop = await WatchAsync(job, snapshot, running, cancellationToken);
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
    private async Task<JobStop?> WatchAsync(Job job, JobSnapshot snapshot, Task running, CancellationToken cancellationToken)
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

                if (Stop(await RereadAsync(job, snapshot, cancellationToken)) is { } stop)
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

    /// <summary>The record as it is now, or as far as it is known.</summary>
    private static async Task<Job?> RereadAsync(Job job, JobSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            return await snapshot.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.Is(exception, cancellationToken))
        {
            return job;
        }
    }

    private JobSnapshot Hold(JobReference reference)
    {
        lock (_lock)
        {
            if (!_snapshots.TryGetValue(reference, out var snapshot))
            {
                snapshot = new JobSnapshot(() => store.GetAsync(reference.Tenant, reference.Id, CancellationToken.None), options.Value.WatchInterval, time);
                _snapshots.Add(reference, snapshot);
            }

            snapshot.Holders++;
            return snapshot;
        }
    }

    private void Leave(JobReference reference, JobSnapshot snapshot)
    {
        lock (_lock)
        {
            if (--snapshot.Holders == 0)
            {
                _snapshots.Remove(reference);
            }
        }
    }
}

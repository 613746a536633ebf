using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>What every attempt at a chunk has in common, whatever is made of it: nothing is bought for a job that is not wanted, or twice, and a failure is told and not thrown.</summary>
internal sealed class ChunkAttempt(JobWatch watch, ChunkStore chunks)
{
    /// <param name="call">What to make.</param>
    /// <param name="make">Makes it, and says what it consists of and what the provider told of it.</param>
    /// <param name="cancellationToken">Ends the attempt; it is then made again.</param>
    public async Task<ChunkOutcome> RunAsync(
        ChunkCall call, Func<Job, CancellationToken, Task<(BinaryData Content, SpeechOutcome Outcome)>> make, CancellationToken cancellationToken)
    {
        try
        {
            return await watch.RunAsync(
                call.Job,
                async (job, token) => await chunks.FindAsync(call, token) ?? await MakeAsync(call, job, make, token),
                stop => new ChunkOutcome { Stop = stop },
                cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.Is(exception, cancellationToken))
        {
            return new ChunkOutcome { IsStorageAway = true };
        }
    }

    private async Task<ChunkOutcome> MakeAsync(
        ChunkCall call, Job job, Func<Job, CancellationToken, Task<(BinaryData Content, SpeechOutcome Outcome)>> make, CancellationToken cancellationToken)
    {
        try
        {
            var (content, made) = await make(job, cancellationToken);
            var outcome = Made(made, JobCalls.NameOf(job, call.Chunk));
            await chunks.StoreAsync(call, content, outcome, cancellationToken);
            return outcome;
        }
        catch (ProviderException failure)
        {
            return Failed(failure);
        }
        catch (FfmpegException)
        {
            return new ChunkOutcome { Failure = ProviderFailureKind.Unavailable, Detail = "The audio could not be converted." };
        }
        catch (ProblemException problem)
        {
            return new ChunkOutcome { Stop = JobStop.Failed(problem.Kind, problem.Message) };
        }
    }

    private static ChunkOutcome Made(SpeechOutcome made, string chunk)
    {
        // Bought for this very chunk by an attempt that did not get to tell: this job has paid for it, and only this chunk counts it.
        var isOwn = made.Cache is CacheOutcome.Hit or CacheOutcome.Shared && made.MadeFor == chunk;
        return new ChunkOutcome
        {
            Attempts = made.Attempts,
            Units = isOwn || made.Cache is CacheOutcome.Miss or CacheOutcome.Bypass ? made.Units : null,
            CostUsd = AttemptCosts.Total(isOwn ? made.SavedUsd : made.CostUsd, made.Attempts),
        };
    }

    private static ChunkOutcome Failed(ProviderException failure) => new()
    {
        Failure = failure.Kind,
        Detail = failure.Message,
        RetryAfter = failure.RetryAfter,
        Attempts = failure.Attempts,
        CostUsd = AttemptCosts.Total(0, failure.Attempts),
    };
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Fallback;

/// <summary>Goes through a plan until a target has answered: one after the other, or, where hedging is on, the next beside one that takes long.</summary>
internal sealed class FallbackLoop(IOptions<FallbackOptions> options, TimeProvider time)
{
    /// <summary>The first answer, and every attempt that was made for it.</summary>
    /// <param name="plan">Targets, in order.</param>
    /// <param name="call">Asks one target, which has a share of the time that is left when others stand behind it, and all of it when none does.</param>
    /// <param name="outcome">Reads what an answer says of itself.</param>
    /// <param name="canDoMore">Whether the first target may take what the second has refused as wrong.</param>
    /// <param name="deadline">When the caller must have its answer.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="PlanExhaustedException">No target served the call.</exception>
    /// <exception cref="AttemptsCancelledException">The caller left or the deadline passed.</exception>
    public async Task<(TResponse Response, IReadOnlyList<SpeechAttempt> Attempts)> RunAsync<TTarget, TResponse>(
        IReadOnlyList<TTarget> plan,
        Func<TTarget, TimeSpan?, CancellationToken, Task<TResponse>> call,
        Func<TResponse, SpeechOutcome> outcome,
        Func<TTarget, TTarget, bool> canDoMore,
        DateTimeOffset? deadline,
        CancellationToken cancellationToken)
        where TTarget : class
        where TResponse : class
    {
        using var activity = VoiceActivities.StartFallback(plan.Count);
        var run = new FallbackRun();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<TTarget>(plan);
        var running = new Dictionary<Task<TResponse?>, TTarget>();
        TTarget? refused = null;
        try
        {
            while (true)
            {
                if (!TryStartNext(out var started) && running.Count == 0)
                {
                    activity.End("exhausted");
                    throw run.Exhausted();
                }

                // What is stored is there at once.
                var ended = started is { IsCompleted: true } ? started : await FirstAsync(running.Keys, hedge: waiting.Count > 0, cancellationToken);
                if (ended is null)
                {
                    continue;
                }

                running.Remove(ended, out refused);
                if (await ended is { } response)
                {
                    await StopAsync();
                    activity.End("ok");
                    return (response, run.Attempts);
                }
            }
        }
        catch (AttemptsCancelledException cancelled)
        {
            activity.End("cancelled");
            await StopAsync();
            throw new AttemptsCancelledException([.. run.Attempts], cancelled, cancellationToken);
        }
        finally
        {
            await StopAsync();
        }

        bool TryStartNext([NotNullWhen(true)] out Task<TResponse?>? started)
        {
            while (waiting.TryDequeue(out var next))
            {
                if (refused is null || FailurePolicy.MovesOn(run.LastFailure, canDoMore(next, refused)))
                {
                    // So that a slow first target leaves the next ones the time to answer, however short the caller's patience is.
                    TimeSpan? share = deadline is { } end && waiting.Count > 0 ? (end - time.GetUtcNow()) / (waiting.Count + 1) : null;
                    started = run.TryAsync(() => call(next, share, stop.Token), outcome);
                    running.Add(started, next);
                    return true;
                }
            }

            started = null;
            return false;
        }

        async Task StopAsync()
        {
            if (running.Count == 0)
            {
                return;
            }

            await stop.CancelAsync();
            // What they end with is in the attempts; nobody waits for their answers any more.
            await Task.WhenAll(running.Keys).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            running.Clear();
        }
    }

    /// <summary>The first call to end; <see langword="null"/> when it is time to hedge.</summary>
    private async Task<Task<TResponse?>?> FirstAsync<TResponse>(IReadOnlyCollection<Task<TResponse?>> running, bool hedge, CancellationToken cancellationToken)
    {
        var ended = Task.WhenAny(running);
        return hedge && options.Value.HedgeAfter is { } patience && await IsSlowAsync(ended, patience, cancellationToken) ? null : await ended;
    }

    private async Task<bool> IsSlowAsync(Task ended, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(patience, time, waiting.Token);
        var first = await Task.WhenAny(ended, delay);
        await waiting.CancelAsync();
        // A delay that was cut short means that the caller has left, which the calls will tell.
        return first == delay && delay.IsCompletedSuccessfully;
    }
}

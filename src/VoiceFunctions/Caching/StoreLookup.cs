using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>
/// Asks storage without making anybody wait for it longer than is set. A storage that is slow or down has nothing. For what it is known to have it is given more
/// time, and is left alone only when it does not keep to that.
/// </summary>
internal sealed class StoreLookup(
    ISpeechStore store, StoreBreaker breaker, [FromKeyedServices(StoreBreaker.OfKnown)] StoreBreaker breakerOfKnown, StoreQueue queue, SpeechCacheMetrics metrics, IOptions<SpeechCacheOptions> options, TimeProvider time)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(20), SlowestPoll = TimeSpan.FromMilliseconds(250);

    /// <summary>The result, if there is one.</summary>
    public async Task<CachedSpeech?> FindAsync(SpeechQuery query, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var answer = await AskAsync(query, began, store.Knows(query.Key), token => store.FindAsync(query.Key, query.Call, token), Forget, cancellationToken);
        return (await OpenAsync(query, began, answer, claims: false, Forget, cancellationToken) as StoreAnswer.Found)?.Speech;
    }

    /// <summary>
    /// The result, if there is one or another instance makes it soon enough, and whether it was waited for. Else the right to make it is in the slot, if it
    /// could be had.
    /// </summary>
    public async Task<(CachedSpeech? Speech, bool Waited)> ClaimAsync(SpeechQuery query, LeaseSlot slot, CancellationToken cancellationToken)
    {
        var (patience, began, poll) = (Patience(query.Call, options.Value.LeaseWait), time.GetTimestamp(), FirstPoll);
        for (var waited = false; ; waited = true)
        {
            var again = waited;
            var answer = await AskAsync(
                query, began, store.Knows(query.Key), token => store.ClaimAsync(query.Key, query.Call, again, token), late => Take(late, slot), cancellationToken);
            switch (await OpenAsync(query, began, answer, claims: true, late => Take(late, slot), cancellationToken))
            {
                case StoreAnswer.Found found:
                    return (found.Speech, waited);
                case StoreAnswer.Claimed claimed:
                    Take(claimed, slot);
                    return (null, waited);
                case StoreAnswer.Held held when patience - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero:
                    await Task.Delay(Least(poll, left, held.Until - time.GetUtcNow()), time, cancellationToken);
                    poll = Least(poll * 2, SlowestPoll);
                    break;
                default:
                    return (null, waited);
            }
        }
    }

    private Task<StoreAnswer> OpenAsync(SpeechQuery query, long began, StoreAnswer answer, bool claims, Action<StoreAnswer> late, CancellationToken cancellationToken) =>
        answer is StoreAnswer.InBlob large
            ? AskAsync(query, began, known: true, token => store.OpenAsync(query.Key, large.Row, query.Call, claims, token), late, cancellationToken)
            : Task.FromResult(answer);

    /// <summary>Half of the target's time at the most: the provider may have to be asked after all.</summary>
    private static TimeSpan Patience(SpeechCall call, TimeSpan longest) => call.AttemptTimeout is { } share ? Least(longest, share / 2) : longest;

    private async Task<StoreAnswer> AskAsync(
        SpeechQuery query, long began, bool known, Func<CancellationToken, Task<StoreAnswer>> ask, Action<StoreAnswer> late, CancellationToken cancellationToken)
    {
        var left = Patience(query.Call, TimeSpan.MaxValue) - time.GetElapsedTime(began);
        var (timeout, circuit) = known ? (Least(options.Value.ReadTimeout, left), breakerOfKnown) : (options.Value.LookupTimeout, breaker);
        if (!circuit.TryEnter())
        {
            return StoreAnswer.Nothing;
        }

        // Its end is bounded by the storage client. It is not cancelled with the wait: a claim that was granted must be known to be given up.
        var asked = Task.Run(() => ask(CancellationToken.None), CancellationToken.None);
        try
        {
            var answer = await asked.WaitAsync(timeout, time, cancellationToken);
            circuit.Succeeded();
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            circuit.Abandoned();
            _ = AwaitAsync(asked, late);
            throw;
        }
        catch (Exception exception)
        {
            // Whatever is wrong with storage, the provider can be asked.
            circuit.Failed(exception);
            metrics.StoreFailed("lookup");
            _ = AwaitAsync(asked, late);
            return StoreAnswer.Nothing;
        }
    }

    private static async Task AwaitAsync(Task<StoreAnswer> asked, Action<StoreAnswer> late)
    {
        await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (asked.IsCompletedSuccessfully)
        {
            late(await asked);
        }
    }

    private static void Forget(StoreAnswer answer)
    {
        // A look-up without a claim leaves nothing behind.
    }

    private void Take(StoreAnswer answer, LeaseSlot slot)
    {
        if (answer is StoreAnswer.Claimed { Lease: var lease })
        {
            var taken = slot.TryOffer(lease);
            if (lease.IsPending)
            {
                queue.TryEnqueue(taken ? StoreWrite.Note(lease) : StoreWrite.Release(lease));
            }
        }
    }

    private static TimeSpan Least(params ReadOnlySpan<TimeSpan> spans)
    {
        var least = spans[0];
        foreach (var span in spans)
        {
            least = span < least ? span : least;
        }

        return least > TimeSpan.Zero ? least : TimeSpan.Zero;
    }
}

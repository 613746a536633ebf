using System.Diagnostics;
using System.Runtime.ExceptionServices;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Caching;

/// <summary>Looks for a result in memory, then in storage, and has it made once when it is in neither, however many ask for it at the same time.</summary>
internal sealed class SpeechCache(SpeechKeeper keeper, SpeechFlights flights, StoreLookup lookup, SpeechCacheMetrics metrics, TimeProvider time)
{
    /// <summary>Flights of callers with less time that one with more rides on before it takes a time-out for its own.</summary>
    private const int MaxRides = 3;

    /// <summary>Lets a call go past the cache.</summary>
    /// <exception cref="ProblemException">Only what is stored is wanted.</exception>
    public void Pass(SpeechCall call, SpeechOperation operation)
    {
        if (call.Cache == CacheMode.Only)
        {
            throw Miss(operation);
        }

        metrics.LookedUp(operation, CacheOutcome.Bypass, CacheTier.None);
    }

    /// <summary>The result, if it is at hand in this process and nothing is left to be done about it.</summary>
    public SpeechAnswer? Recall(SpeechQuery query) => keeper.Find(query) is { } speech && (speech.IsStored || !query.Call.StoreBeforeReturn)
        ? Stored(query, speech, CacheOutcome.Hit, CacheTier.Memory, time.GetTimestamp(), borne: [])
        : null;

    /// <summary>The result, stored or made.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="begin">Prepares the making of it, which may outlast this call.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ProviderException">The provider failed, or the caller's time for it is over.</exception>
    /// <exception cref="ProblemException">Only what is stored is wanted, and nothing is.</exception>
    /// <exception cref="AttemptsCancelledException">The caller left.</exception>
    public async Task<SpeechAnswer> GetAsync(SpeechQuery query, Func<SpeechMaking> begin, CancellationToken cancellationToken)
    {
        using var activity = VoiceActivities.StartCache(query.Call.Provider, query.Model);
        var began = time.GetTimestamp();
        SpeechAnswer answer;
        if (keeper.Find(query) is { } speech)
        {
            await keeper.StoreAsync(query, speech, cancellationToken);
            answer = Stored(query, speech, CacheOutcome.Hit, CacheTier.Memory, began, borne: []);
        }
        else
        {
            answer = query.Call.Cache == CacheMode.Only
                ? await FindAsync(query, began, cancellationToken)
                : await FlyAsync(query, begin, began, cancellationToken);
        }

        activity?.SetTag(TagNames.CacheOutcome, SpeechCacheMetrics.Name(answer.Cache)).SetStatus(ActivityStatusCode.Ok);
        return answer;
    }

    private async Task<SpeechAnswer> FindAsync(SpeechQuery query, long began, CancellationToken cancellationToken)
    {
        if (await lookup.FindAsync(query, cancellationToken) is { } speech)
        {
            keeper.Keep(query.Key, speech);
            return Stored(query, speech, CacheOutcome.Hit, CacheTier.Storage, began, borne: []);
        }

        throw Miss(query.Operation);
    }

    private ProblemException Miss(SpeechOperation operation)
    {
        metrics.LookedUp(operation, CacheOutcome.Miss, CacheTier.None);
        return new ProblemException(ProblemKind.CacheMiss, "No result for this request is stored.");
    }

    private async Task<SpeechAnswer> FlyAsync(SpeechQuery query, Func<SpeechMaking> begin, long began, CancellationToken cancellationToken)
    {
        var share = query.Call.AttemptTimeout;
        List<SpeechAttempt> borne = [];
        for (var rides = 1; ; rides++)
        {
            var left = Left(share, time.GetElapsedTime(began));
            var mine = query with { Call = query.Call with { AttemptTimeout = left } };
            var (flight, leads) = flights.Join(mine, begin, (making, stop) => MakeAsync(mine, making, stop));
            Landing landing;
            try
            {
                // Who leads gives the provider the time it has; who rides has its own.
                landing = await flights.WaitAsync(flight, leads, leads ? null : left, cancellationToken);
            }
            catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
            {
                landing = new Landing { Failure = exception };
            }

            if (landing.Failure is TimeoutException or OperationCanceledException)
            {
                throw GivenUp(query, landing.Failure, borne, time.GetElapsedTime(began), cancellationToken);
            }

            var lacks = landing.Speech is { } made && !made.Serves(query.Call) && (flight.Timings & query.Call.Timings) != query.Call.Timings;
            var hasMoreTime = landing.Failure is ProviderException { Kind: ProviderFailureKind.Timeout } && flight.Share < (left ?? TimeSpan.MaxValue);
            if (!leads && (lacks || (hasMoreTime && rides < MaxRides)))
            {
                // Of no use to this caller, who may still be the only one left to be told what it cost.
                borne.AddRange(flights.Bears(flight, leads) ? landing.BilledAttempts() : []);
                continue;
            }

            if (landing is { Speech: { } speech, StoreTried: false })
            {
                await keeper.StoreAsync(query, speech, cancellationToken);
            }

            return Answer(query, landing, borne, flights.Bears(flight, leads), began);
        }
    }

    /// <summary>One flight: whoever waits for it, it is made once.</summary>
    private async Task<Landing> MakeAsync(SpeechQuery query, SpeechMaking making, CancellationToken stop)
    {
        // Another may have landed between this one's look and its start.
        if (keeper.Find(query) is { } kept)
        {
            return new Landing { Speech = kept, Cache = CacheOutcome.Hit, Tier = CacheTier.Memory };
        }

        var slot = new LeaseSlot();
        try
        {
            var began = time.GetTimestamp();
            var (found, waited) = await lookup.ClaimAsync(query, slot, stop);
            if (found is not null)
            {
                keeper.Keep(query.Key, found);
                return new Landing { Speech = found, Cache = waited ? CacheOutcome.Shared : CacheOutcome.Hit, Tier = CacheTier.Storage };
            }

            var (speech, attempts) = await making.MakeAsync(query.Call with { AttemptTimeout = Left(query.Call.AttemptTimeout, time.GetElapsedTime(began)) }, stop);
            await keeper.KeepAsync(query, speech, slot.Close(), stop);
            return new Landing { Speech = speech, Cache = CacheOutcome.Miss, Attempts = attempts, StoreTried = query.Call.StoreBeforeReturn };
        }
        finally
        {
            keeper.Release(slot.Close());
        }
    }

    private SpeechAnswer Answer(SpeechQuery query, Landing landing, IReadOnlyList<SpeechAttempt> borne, bool bears, long began)
    {
        if (landing.Failure is ProviderException failure)
        {
            metrics.LookedUp(query.Operation, bears ? CacheOutcome.Miss : CacheOutcome.Shared, CacheTier.None);
            throw failure.WithAttempts([.. borne, .. bears ? failure.Attempts : failure.Attempts.Select(attempt => attempt with { Billed = false, CostUsd = null })]);
        }

        if (landing.Failure is { } other)
        {
            ExceptionDispatchInfo.Throw(other);
        }

        if (landing.Cache != CacheOutcome.Miss)
        {
            return Stored(query, landing.Speech!, landing.Cache, landing.Tier, began, borne);
        }

        if (!bears)
        {
            return Stored(query, landing.Speech!, CacheOutcome.Shared, CacheTier.None, began, borne);
        }

        metrics.LookedUp(query.Operation, CacheOutcome.Miss, CacheTier.None);
        return new SpeechAnswer(landing.Speech!, CacheOutcome.Miss, [.. borne, .. landing.Attempts]);
    }

    private SpeechAnswer Stored(SpeechQuery query, CachedSpeech speech, CacheOutcome cache, CacheTier tier, long began, IReadOnlyList<SpeechAttempt> borne)
    {
        metrics.LookedUp(query.Operation, cache, tier);
        keeper.Use(query.Key, speech);
        var detail = cache == CacheOutcome.Shared ? "Made for another call." : "Stored.";
        return new SpeechAnswer(speech, cache, [.. borne, query.Attempt("ok", detail, time.GetElapsedTime(began))]);
    }

    private static TimeSpan? Left(TimeSpan? share, TimeSpan elapsed) => share is { } all && all < elapsed ? TimeSpan.Zero : share - elapsed;

    private static Exception GivenUp(SpeechQuery query, Exception exception, IReadOnlyList<SpeechAttempt> borne, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            return new ProviderException(query.Call.Provider!, ProviderFailureKind.Timeout, "No answer in time.", exception)
            {
                Attempts = [.. borne, query.Attempt(ProviderFailureKind.Timeout.Name(), "No answer in time.", elapsed)],
            };
        }

        var attempts = (exception as AttemptsCancelledException)?.Attempts ?? [query.Attempt("cancelled", "Still under way when the request ended.", elapsed)];
        return new AttemptsCancelledException([.. borne, .. attempts], exception, cancellationToken);
    }
}

using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Security.Limits;

/// <summary>
/// How many requests are let in: of a caller so many a minute, and of each and of all so many at the same time, behind which some may wait. A caller's limiters are
/// there as long as it calls; those of one that has stopped are let go of after some seconds.
/// </summary>
internal sealed class CallerLimits : IDisposable
{
    /// <summary>Whoever finds the queue full had better not be back at once.</summary>
    private static readonly TimeSpan OverloadRetryAfter = TimeSpan.FromSeconds(1);

    private readonly SecurityOptions _options;
    private readonly TimeProvider _time;
    private readonly PartitionedRateLimiter<Caller> _rate;
    private readonly PartitionedRateLimiter<Caller>[] _places;
    private readonly PartitionedRateLimiter<Caller> _concurrency;

    public CallerLimits(IOptions<SecurityOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        // The rate is in the partition, so that another rate of a key means another bucket.
        Func<(string? KeyId, int Rate), TokenBucketRateLimiterOptions> bucket = static partition => Bucket(partition.Rate);
        _rate = PartitionedRateLimiter.Create<Caller, (string? KeyId, int Rate)>(caller => RateOf(caller) is { } rate
            ? RateLimitPartition.GetTokenBucketLimiter((caller.KeyId, rate), bucket)
            : RateLimitPartition.GetNoLimiter<(string? KeyId, int Rate)>(default));
        // Its own places first, so that whoever waits for one of those takes none from others.
        _places =
        [
            Places(_options.ConcurrentRequestsPerKey, _options.QueuedRequests, caller => caller.KeyId ?? string.Empty),
            Places(_options.ConcurrentRequests, _options.QueuedRequests, _ => string.Empty),
        ];
        _concurrency = PartitionedRateLimiter.CreateChained(_places);
    }

    /// <summary>Lets a request in. It is in until the result is disposed of.</summary>
    /// <exception cref="ProblemException">The caller has had its share, and the queue is full or took too long.</exception>
    public ValueTask<RateLimitLease> EnterAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (RateOf(caller) is { } rate)
        {
            using var passed = _rate.AttemptAcquire(caller);
            if (!passed.IsAcquired)
            {
                throw new ProblemException(ProblemKind.RateLimited, $"{(caller.KeyId is null ? "Callers without a key" : "This key")} may send {rate} requests a minute.")
                {
                    RetryAfter = passed.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Refill(rate),
                };
            }
        }

        var lease = _concurrency.AttemptAcquire(caller);
        return lease.IsAcquired ? new(lease) : new(QueueAsync(caller, cancellationToken));
    }

    public void Dispose()
    {
        _rate.Dispose();
        _concurrency.Dispose();
        Array.ForEach(_places, limiter => limiter.Dispose());
    }

    private static PartitionedRateLimiter<Caller> Places(int places, int queue, Func<Caller, string> whose)
    {
        var options = new ConcurrencyLimiterOptions { PermitLimit = places, QueueLimit = queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
        Func<string, ConcurrencyLimiterOptions> same = _ => options;
        return PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetConcurrencyLimiter(whose(caller), same));
    }

    /// <summary>All of a minute's requests at once, and then one whenever its time has come.</summary>
    private static TokenBucketRateLimiterOptions Bucket(int rate) => new()
    {
        TokenLimit = rate,
        TokensPerPeriod = Math.Max(1, rate / 60),
        ReplenishmentPeriod = Refill(rate),
        QueueLimit = 0,
    };

    private static TimeSpan Refill(int rate) => TimeSpan.FromMinutes(1) * Math.Max(1, rate / 60) / rate;

    private int? RateOf(Caller caller) => caller.KeyId is null ? _options.AnonymousRequestsPerMinute : caller.RequestsPerMinute ?? _options.RequestsPerMinute;

    private async Task<RateLimitLease> QueueAsync(Caller caller, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.QueueTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var lease = await _concurrency.AcquireAsync(caller, permitCount: 1, either.Token);
            return lease.IsAcquired ? lease : throw Overloaded();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Overloaded();
        }
    }

    private static ProblemException Overloaded() =>
        new(ProblemKind.Overloaded, "As many requests are being served as can be, and as many wait as may.") { RetryAfter = OverloadRetryAfter };
}

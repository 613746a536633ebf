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
    private readonly PartitionedRateLimiter<Caller> _ofKeys;
    private readonly ConcurrencyLimiter _ofNobody;
    private readonly ConcurrencyLimiter _ofAll;

    public CallerLimits(IOptions<SecurityOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        // The rate is in the partition, so that another rate of a key means another bucket.
        Func<(string? KeyId, int Rate), TokenBucketRateLimiterOptions> bucket = static partition => Bucket(partition.Rate);
        _rate = PartitionedRateLimiter.Create<Caller, (string? KeyId, int Rate)>(caller => RateOf(caller) is { } rate
            ? RateLimitPartition.GetTokenBucketLimiter((caller.KeyId, rate), bucket)
            : RateLimitPartition.GetNoLimiter<(string? KeyId, int Rate)>(default));
        var own = Places(_options.ConcurrentRequestsPerKey);
        Func<string, ConcurrencyLimiterOptions> same = _ => own;
        _ofKeys = PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetConcurrencyLimiter(caller.KeyId!, same));
        _ofNobody = new ConcurrencyLimiter(own);
        _ofAll = new ConcurrencyLimiter(Places(_options.ConcurrentRequests));
    }

    /// <summary>Lets a request in. It is in until the result is disposed of.</summary>
    /// <exception cref="ProblemException">The caller has had its share, and the queue is full or took too long.</exception>
    public ValueTask<Place> EnterAsync(Caller caller, CancellationToken cancellationToken)
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

        // Its own place first, so that whoever waits for one of those takes none from others.
        var own = caller.KeyId is null ? _ofNobody.AttemptAcquire() : _ofKeys.AttemptAcquire(caller);
        if (!own.IsAcquired)
        {
            return new(QueueAsync(caller, cancellationToken));
        }

        var shared = _ofAll.AttemptAcquire();
        return shared.IsAcquired ? new(new Place(own, shared)) : new(QueueAsync(own, cancellationToken));
    }

    public void Dispose()
    {
        _rate.Dispose();
        _ofKeys.Dispose();
        _ofNobody.Dispose();
        _ofAll.Dispose();
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

    private ConcurrencyLimiterOptions Places(int places) =>
        new() { PermitLimit = places, QueueLimit = _options.QueuedRequests, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };

    private async Task<Place> QueueAsync(Caller caller, CancellationToken cancellationToken)
    {
        var own = await QueueAsync(token => caller.KeyId is null ? _ofNobody.AcquireAsync(1, token) : _ofKeys.AcquireAsync(caller, 1, token), cancellationToken);
        return await QueueAsync(own, cancellationToken);
    }

    private async Task<Place> QueueAsync(RateLimitLease own, CancellationToken cancellationToken)
    {
        try
        {
            return new Place(own, await QueueAsync(token => _ofAll.AcquireAsync(1, token), cancellationToken));
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    private async Task<RateLimitLease> QueueAsync(Func<CancellationToken, ValueTask<RateLimitLease>> acquire, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.QueueTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var lease = await acquire(either.Token);
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

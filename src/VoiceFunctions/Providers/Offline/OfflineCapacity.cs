using System.Threading.RateLimiting;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Lets a bounded number of calls run and a bounded number wait in the order they came, and refuses the rest.</summary>
internal sealed class OfflineCapacity(int permits, int queueLimit, TimeSpan retryAfter) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = permits,
        QueueLimit = queueLimit,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <exception cref="ProviderException">The queue is full.</exception>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        var lease = await _limiter.AcquireAsync(1, cancellationToken);
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        throw new ProviderException(OfflineProvider.Name, ProviderFailureKind.Overloaded, "This machine is overloaded: the queue of the offline engine is full.")
        {
            RetryAfter = retryAfter,
        };
    }

    public void Dispose() => _limiter.Dispose();
}

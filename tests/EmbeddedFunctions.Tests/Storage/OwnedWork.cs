namespace EmbeddedFunctions.Tests.Storage;

/// <summary>Work under a lease that goes on until it is cancelled.</summary>
internal sealed class OwnedWork
{
    private int _starts;
    private int _ends;

    /// <summary>How many of the first runs throw.</summary>
    public int Failures { get; init; }

    public int Starts => Volatile.Read(ref _starts);

    public bool IsRunning => Volatile.Read(ref _ends) < Starts;

    public Task Started(int count) => Eventually.TrueAsync(() => Starts >= count);

    public Task Ended(int count) => Eventually.TrueAsync(() => Volatile.Read(ref _ends) >= count);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _starts) <= Failures)
            {
                throw new InvalidTimeZoneException("of the work");
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            Interlocked.Increment(ref _ends);
        }
    }
}

namespace EmbeddedFunctions.Hosting.Storage;

/// <summary>Pauses between attempts while storage is in trouble: from one second, doubled up to half a minute, less up to a fifth at random.</summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;

    public Task DelayAsync(CancellationToken cancellationToken)
    {
        var delay = _next * (1 - (0.2 * Random.Shared.NextDouble()));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return Task.Delay(delay, time, cancellationToken);
    }

    /// <summary>After a success.</summary>
    public void Reset() => _next = First;
}

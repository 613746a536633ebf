namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>The time, and times that never repeat: what this process sends later also sorts later.</summary>
internal sealed class HubClock(TimeProvider time)
{
    private long _last;

    public TimeProvider Provider => time;

    public DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    public long NextTicks()
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(last + 1, UtcNow.Ticks);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }
}

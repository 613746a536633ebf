using System.Diagnostics;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>A clock that runs ahead: waits of a second are over in a few milliseconds.</summary>
internal sealed class FastTime : TimeProvider
{
    private const int Speed = 100;

    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _timestamp = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + (Stopwatch.GetElapsedTime(_timestamp) * Speed);

    public override long GetTimestamp() => _timestamp + ((Stopwatch.GetTimestamp() - _timestamp) * Speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Scale(dueTime), Scale(period));

    // A timer that is due must be due by this clock too, so that it is a little late and never early.
    private static TimeSpan Scale(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / Speed));
}

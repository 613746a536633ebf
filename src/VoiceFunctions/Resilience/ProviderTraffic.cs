using VoiceFunctions.Providers;

namespace VoiceFunctions.Resilience;

/// <summary>What the attempts at one provider were like lately: the last of each outcome, and how long the last ones that succeeded took.</summary>
internal sealed class ProviderTraffic(TimeProvider time)
{
    /// <summary>Attempts that the percentiles are taken over.</summary>
    private const int Window = 256;

    private readonly Lock _lock = new();
    private readonly double[] _latencies = new double[Window];
    private long _successes;
    private DateTimeOffset? _lastSuccess;
    private DateTimeOffset? _lastFailure;
    private ProviderFailureKind? _lastFailureKind;

    public void Succeeded(TimeSpan elapsed)
    {
        lock (_lock)
        {
            _latencies[_successes++ % Window] = elapsed.TotalSeconds;
            _lastSuccess = time.GetUtcNow();
        }
    }

    public void Failed(ProviderFailureKind kind)
    {
        lock (_lock)
        {
            _lastFailureKind = kind;
            _lastFailure = time.GetUtcNow();
        }
    }

    public TrafficSnapshot Snapshot()
    {
        lock (_lock)
        {
            var sorted = _latencies[..(int)Math.Min(_successes, Window)];
            Array.Sort(sorted);
            return new TrafficSnapshot
            {
                LastSuccessAt = _lastSuccess,
                LastFailureAt = _lastFailure,
                LastFailure = _lastFailureKind,
                Latency = sorted.Length == 0 ? null : new LatencyPercentiles(At(0.5), At(0.95), At(0.99)),
            };

            double At(double share) => Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))], 3);
        }
    }
}

using System.Collections.Concurrent;
using HdrHistogram;

namespace VoiceFunctions.Load.Driving;

/// <summary>What came of the requests of one run. Latencies are of answers and failures alike: who was refused has waited too.</summary>
internal sealed class LoadResult
{
    private const long Longest = 10L * 60 * 1_000_000;
    private readonly LongConcurrentHistogram _latencies = new(1, Longest, 3);
    private readonly ConcurrentDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _cache = new(StringComparer.Ordinal);

    public long Requests => _latencies.TotalCount;

    public long Succeeded => _outcomes.GetValueOrDefault(Answer.Ok);

    /// <summary>How many requests ended in which way: <c>ok</c>, the code of a problem, or the kind of a broken connection.</summary>
    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    /// <summary>What the answers said of the cache.</summary>
    public IReadOnlyDictionary<string, long> Cache => _cache;

    public TimeSpan Elapsed { get; set; }

    public void Record(Answer answer, TimeSpan latency)
    {
        _latencies.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, Longest));
        _outcomes.AddOrUpdate(answer.Outcome, 1, (_, count) => count + 1);
        if (answer.Cache is { } cache)
        {
            _cache.AddOrUpdate(cache, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Latencies in seconds.</summary>
    public Latencies Latencies() => Read(_latencies);

    /// <summary>
    /// The same, had the users kept to a pace: a wait that is longer than the pace hides the requests that would have been sent meanwhile, and the histogram adds
    /// them (coordinated omission).
    /// </summary>
    public Latencies Corrected(TimeSpan pace)
    {
        var corrected = new LongHistogram(1, Longest, 3);
        foreach (var step in _latencies.RecordedValues())
        {
            for (long count = 0; count < step.CountAtValueIteratedTo; count++)
            {
                corrected.RecordValueWithExpectedInterval(step.ValueIteratedTo, (long)pace.TotalMicroseconds);
            }
        }

        return Read(corrected);
    }

    private static Latencies Read(HistogramBase histogram) => histogram.TotalCount == 0 ? default : new(
        Seconds(histogram.GetMean()),
        Seconds(histogram.GetValueAtPercentile(50)),
        Seconds(histogram.GetValueAtPercentile(95)),
        Seconds(histogram.GetValueAtPercentile(99)),
        Seconds(histogram.GetMaxValue()));

    private static double Seconds(double microseconds) => microseconds / 1_000_000;
}

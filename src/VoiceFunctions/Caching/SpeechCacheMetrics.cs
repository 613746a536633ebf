using System.Diagnostics.Metrics;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Caching;

/// <summary>What the cache does, in numbers.</summary>
internal sealed class SpeechCacheMetrics
{
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _drops;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _evictions;
    private long _storedBytes;
    private long _storedEntries;

    public SpeechCacheMetrics(IMeterFactory meters, SpeechMemory memory)
    {
        var meter = meters.CreateVoiceMeter();
        _lookups = meter.CreateCounter<long>("voice.cache.lookups", "{lookup}", "Calls by what the cache had to do with them.");
        _drops = meter.CreateCounter<long>("voice.cache.drops", "{write}", "Writes to storage that were given up.");
        _failures = meter.CreateCounter<long>("voice.cache.store.failures", "{failure}", "Requests to storage that failed or were too slow.");
        _evictions = meter.CreateCounter<long>("voice.cache.evictions", "{entry}", "Results, and what was left of some, removed from storage.");
        meter.CreateObservableUpDownCounter("voice.cache.bytes", ObserveBytes, "By", "Bytes of the results kept; in storage as of the last eviction by this instance.");
        meter.CreateObservableUpDownCounter("voice.cache.entries", ObserveEntries, "{entry}", "Results kept; in storage as of the last eviction by this instance.");

        IEnumerable<Measurement<long>> ObserveBytes() => [Of(memory.Bytes, CacheTier.Memory), Of(Volatile.Read(ref _storedBytes), CacheTier.Storage)];

        IEnumerable<Measurement<long>> ObserveEntries() => [Of(memory.Count, CacheTier.Memory), Of(Volatile.Read(ref _storedEntries), CacheTier.Storage)];
    }

    public void LookedUp(SpeechOperation operation, CacheOutcome outcome, CacheTier tier) => _lookups.Add(
        1,
        new(TagNames.Operation, operation == SpeechOperation.Synthesis ? "synthesis" : "transcription"),
        new(TagNames.CacheOutcome, Name(outcome)),
        new(TagNames.CacheTier, Name(tier)));

    /// <param name="reason"><c>full</c>, <c>refused</c> or <c>stopped</c>.</param>
    public void Dropped(string reason) => _drops.Add(1, new KeyValuePair<string, object?>(TagNames.Reason, reason));

    /// <param name="reason"><c>lookup</c>, or what was to be written.</param>
    public void StoreFailed(string reason) => _failures.Add(1, new KeyValuePair<string, object?>(TagNames.Reason, reason));

    /// <param name="reason"><c>age</c>, <c>size</c> or <c>orphan</c>.</param>
    public void Evicted(string reason) => _evictions.Add(1, new KeyValuePair<string, object?>(TagNames.Reason, reason));

    public void Counted(long bytes, long entries)
    {
        Volatile.Write(ref _storedBytes, bytes);
        Volatile.Write(ref _storedEntries, entries);
    }

    private static Measurement<long> Of(long value, CacheTier tier) => new(value, new KeyValuePair<string, object?>(TagNames.CacheTier, Name(tier)));

    private static string Name(CacheTier tier) => tier switch
    {
        CacheTier.Memory => "memory",
        CacheTier.Storage => "storage",
        _ => "none",
    };

    public static string Name(CacheOutcome outcome) => outcome switch
    {
        CacheOutcome.Hit => "hit",
        CacheOutcome.Shared => "shared",
        CacheOutcome.Bypass => "bypass",
        _ => "miss",
    };
}

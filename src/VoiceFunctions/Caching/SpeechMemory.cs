using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using MemoryEviction = Microsoft.Extensions.Caching.Memory.EvictionReason;

namespace VoiceFunctions.Caching;

/// <summary>The results of this process that fit into the memory granted, the least recently used gone first.</summary>
internal sealed class SpeechMemory(IOptions<SpeechCacheOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Part of the results that goes when there is no room for one more.</summary>
    private const double Share = 0.1;

    private readonly Lock _room = new();
    private readonly MemoryCache _entries = new(new MemoryCacheOptions
    {
        SizeLimit = options.Value.MemoryBytes,
        TrackStatistics = true,
        ExpirationScanFrequency = TimeSpan.FromHours(1),
    });

    public long Bytes => _entries.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    public long Count => _entries.Count;

    public bool TryGet(SpeechCacheKey key, [NotNullWhen(true)] out CachedSpeech? speech) =>
        _entries.TryGetValue(key, out speech) && speech is not null && time.GetUtcNow() - speech.MadeAt < options.Value.MaxAge;

    /// <param name="key">Of the result.</param>
    /// <param name="speech">The result.</param>
    /// <param name="evicted">Told of it when it has to make room for others.</param>
    public void Set(SpeechCacheKey key, CachedSpeech speech, Action<SpeechCacheKey, CachedSpeech> evicted)
    {
        var entry = new MemoryCacheEntryOptions { Size = speech.Size };
        entry.RegisterPostEvictionCallback((_, _, reason, _) =>
        {
            if (reason == MemoryEviction.Capacity)
            {
                evicted(key, speech);
            }
        });
        lock (_room)
        {
            // The library makes room only afterwards and refuses the newest, which is the one most likely to be asked for again.
            while (speech.Size <= options.Value.MemoryBytes && Bytes + speech.Size > options.Value.MemoryBytes && _entries.Count is > 0 and var count)
            {
                _entries.Compact(Math.Max(Share, 1.5 / count));
            }

            _entries.Set(key, speech, entry);
        }
    }

    public void Dispose() => _entries.Dispose();
}

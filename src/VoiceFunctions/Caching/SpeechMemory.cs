using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Caching;

/// <summary>The results of this process that fit into the memory granted, the least recently used gone first.</summary>
internal sealed class SpeechMemory(IOptions<SpeechCacheOptions> options, TimeProvider time) : IDisposable
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions
    {
        SizeLimit = options.Value.MemoryBytes,
        CompactionPercentage = 0.1,
        TrackStatistics = true,
        ExpirationScanFrequency = TimeSpan.FromHours(1),
    });

    public long Bytes => _entries.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    public long Count => _entries.Count;

    public bool TryGet(SpeechCacheKey key, [NotNullWhen(true)] out CachedSpeech? speech) =>
        _entries.TryGetValue(key, out speech) && speech is not null && time.GetUtcNow() - speech.MadeAt < options.Value.MaxAge;

    public void Set(SpeechCacheKey key, CachedSpeech speech) => _entries.Set(key, speech, new MemoryCacheEntryOptions { Size = speech.Size });

    public void Dispose() => _entries.Dispose();
}

using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>Results beyond the life of a process, shared by all instances. Every member throws when storage does not answer.</summary>
internal interface ISpeechStore
{
    /// <summary>Makes ready what the other members need, and goes each of their ways once.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Whether storage had the result when this process last wrote or read it, as far as that is remembered. Asks nobody.</summary>
    bool Knows(SpeechCacheKey key);

    /// <summary>Looks without a claim.</summary>
    Task<StoreAnswer> FindAsync(SpeechCacheKey key, SpeechCall call, CancellationToken cancellationToken);

    /// <summary>Looks for a result and claims the making of it where there is none, in one round trip when nobody else has.</summary>
    /// <param name="key">Of the result.</param>
    /// <param name="call">What it is wanted for.</param>
    /// <param name="again">Whether somebody else held it a moment ago, so that looking comes before claiming.</param>
    /// <param name="cancellationToken">Ends the wait for storage.</param>
    Task<StoreAnswer> ClaimAsync(SpeechCacheKey key, SpeechCall call, bool again, CancellationToken cancellationToken);

    /// <summary>The content of a row that has it in a blob. A row whose blob is gone or is another's counts as none, and is claimed if <paramref name="claims"/>.</summary>
    Task<StoreAnswer> OpenAsync(SpeechCacheKey key, StoredRow row, SpeechCall call, bool claims, CancellationToken cancellationToken);

    /// <summary>Stores a result unless another has been stored meanwhile.</summary>
    Task StoreAsync(SpeechCacheKey key, CachedSpeech speech, SpeechLease? lease, CancellationToken cancellationToken);

    /// <summary>Makes a claim known to the eviction, which finds what a crash leaves of it.</summary>
    Task NoteAsync(SpeechLease lease, CancellationToken cancellationToken);

    /// <summary>Gives a claim up.</summary>
    Task ReleaseAsync(SpeechLease lease, CancellationToken cancellationToken);

    /// <summary>Writes down when a result was last used, unless another instance has lately.</summary>
    Task TouchAsync(SpeechCacheKey key, DateTimeOffset usedAt, CancellationToken cancellationToken);
}

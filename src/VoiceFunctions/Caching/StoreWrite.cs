namespace VoiceFunctions.Caching;

/// <summary>Something that is to be written to storage a moment later.</summary>
/// <param name="Name">What, for the metrics.</param>
/// <param name="WriteAsync">How.</param>
internal sealed record StoreWrite(string Name, Func<ISpeechStore, CancellationToken, Task> WriteAsync)
{
    /// <summary>What a write without content takes, roughly, in bytes.</summary>
    private const long Small = 256;

    /// <summary>The result that waits, which can be served meanwhile.</summary>
    public (SpeechCacheKey Key, CachedSpeech Speech)? Result { get; init; }

    public long Bytes => Result?.Speech.Size ?? Small;

    public static StoreWrite Store(SpeechCacheKey key, CachedSpeech speech, SpeechLease? lease) =>
        new("store", (store, token) => store.StoreAsync(key, speech, lease, token)) { Result = (key, speech) };

    public static StoreWrite Note(SpeechLease lease) => new("note", (store, token) => store.NoteAsync(lease, token));

    public static StoreWrite Release(SpeechLease lease) => new("release", (store, token) => store.ReleaseAsync(lease, token));

    public static StoreWrite Touch(SpeechCacheKey key, DateTimeOffset usedAt) => new("touch", (store, token) => store.TouchAsync(key, usedAt, token));
}

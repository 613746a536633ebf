using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>Stands where no storage is configured: results live as long as the process.</summary>
internal sealed class NoSpeechStore : ISpeechStore
{
    private static readonly Task<StoreAnswer> Nothing = Task.FromResult(StoreAnswer.Nothing);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public bool Knows(SpeechCacheKey key) => false;

    public Task<StoreAnswer> FindAsync(SpeechCacheKey key, SpeechCall call, CancellationToken cancellationToken) => Nothing;

    public Task<StoreAnswer> ClaimAsync(SpeechCacheKey key, SpeechCall call, bool again, CancellationToken cancellationToken) => Nothing;

    public Task<StoreAnswer> OpenAsync(SpeechCacheKey key, StoredRow row, SpeechCall call, bool claims, CancellationToken cancellationToken) => Nothing;

    public Task StoreAsync(SpeechCacheKey key, CachedSpeech speech, SpeechLease? lease, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task NoteAsync(SpeechLease lease, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReleaseAsync(SpeechLease lease, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task TouchAsync(SpeechCacheKey key, DateTimeOffset usedAt, CancellationToken cancellationToken) => Task.CompletedTask;
}

using System.Collections.Concurrent;
using Azure;
using VoiceFunctions.Caching;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Caching;

/// <summary>A storage in memory that can be slow, broken, or in the hands of another instance.</summary>
internal sealed class StubSpeechStore : ISpeechStore
{
    private int _asked;

    public ConcurrentDictionary<SpeechCacheKey, CachedSpeech> Results { get; } = [];

    public ConcurrentDictionary<SpeechCacheKey, SpeechLease> Leases { get; } = [];

    public ConcurrentQueue<string> Log { get; } = [];

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>What every member waits for first.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What every member throws.</summary>
    public Exception? Broken { get; set; }

    /// <summary>Whether what is stored is not known to be, as after a restart.</summary>
    public bool IsForgetful { get; set; }

    /// <summary>Until when another instance makes what is asked for.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    public bool Knows(SpeechCacheKey key) => !IsForgetful && Results.ContainsKey(key);

    public Task PrepareAsync(CancellationToken cancellationToken) => EnterAsync("prepare", cancellationToken);

    public async Task<StoreAnswer> FindAsync(SpeechCacheKey key, SpeechCall call, CancellationToken cancellationToken)
    {
        await AskedAsync("find", cancellationToken);
        return Results.TryGetValue(key, out var speech) && speech.Serves(call) ? new StoreAnswer.Found(speech) : StoreAnswer.Nothing;
    }

    public async Task<StoreAnswer> ClaimAsync(SpeechCacheKey key, SpeechCall call, bool again, CancellationToken cancellationToken)
    {
        await AskedAsync("claim", cancellationToken);
        if (Results.TryGetValue(key, out var speech) && speech.Serves(call))
        {
            return new StoreAnswer.Found(speech);
        }

        if (HeldUntil is { } until)
        {
            return new StoreAnswer.Held(until);
        }

        return new StoreAnswer.Claimed(Leases[key] = new SpeechLease(key, call.Tenant, DateTimeOffset.UnixEpoch, ETag.All));
    }

    public Task<StoreAnswer> OpenAsync(SpeechCacheKey key, StoredRow row, SpeechCall call, bool claims, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public async Task StoreAsync(SpeechCacheKey key, CachedSpeech speech, SpeechLease? lease, CancellationToken cancellationToken)
    {
        await EnterAsync("store", cancellationToken);
        Results[key] = speech;
        Leases.TryRemove(key, out _);
        speech.IsStored = true;
    }

    public Task NoteAsync(SpeechLease lease, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task ReleaseAsync(SpeechLease lease, CancellationToken cancellationToken)
    {
        await EnterAsync("release", cancellationToken);
        Leases.TryRemove(lease.Key, out _);
    }

    public Task TouchAsync(SpeechCacheKey key, DateTimeOffset usedAt, CancellationToken cancellationToken) => EnterAsync("touch", cancellationToken);

    private Task AskedAsync(string what, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return EnterAsync(what, cancellationToken);
    }

    private async Task EnterAsync(string what, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        if (Broken is { } exception)
        {
            throw exception;
        }

        Log.Enqueue(what);
    }
}

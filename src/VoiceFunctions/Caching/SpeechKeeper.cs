using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Caching;

/// <summary>The results at hand in this process, and their way to storage.</summary>
internal sealed partial class SpeechKeeper(
    SpeechMemory memory, StoreQueue queue, ISpeechStore store, SpeechCacheMetrics metrics, IOptions<SpeechCacheOptions> options, TimeProvider time,
    ILogger<SpeechKeeper> logger)
{
    /// <summary>A result that serves the call, in memory or on its way to storage.</summary>
    public CachedSpeech? Find(SpeechQuery query) =>
        (memory.TryGet(query.Key, out var speech) || queue.TryGet(query.Key, out speech)) && speech.Serves(query.Call) ? speech : null;

    /// <summary>Keeps what storage has.</summary>
    public void Keep(SpeechCacheKey key, CachedSpeech speech) => memory.Set(key, speech, Evicted);

    /// <summary>Keeps what was made, and has it stored: a moment later, or now when the call demands it.</summary>
    public async Task KeepAsync(SpeechQuery query, CachedSpeech speech, SpeechLease? lease, CancellationToken cancellationToken)
    {
        Keep(query.Key, speech);
        if (query.Call.StoreBeforeReturn)
        {
            await StoreNowAsync(query.Key, speech, lease, cancellationToken);
        }
        else
        {
            Enqueue(query.Key, speech, lease);
        }
    }

    /// <summary>Has a result that this process holds stored, when the call demands it.</summary>
    public Task StoreAsync(SpeechQuery query, CachedSpeech speech, CancellationToken cancellationToken) =>
        query.Call.StoreBeforeReturn && !speech.IsStored ? StoreNowAsync(query.Key, speech, lease: null, cancellationToken) : Task.CompletedTask;

    /// <summary>Notes that a result was used, and now and then writes it down.</summary>
    public void Use(SpeechCacheKey key, CachedSpeech speech)
    {
        var now = time.GetUtcNow();
        if (speech.Use(now, options.Value.TouchInterval) && speech.IsStored)
        {
            queue.TryEnqueue(StoreWrite.Touch(key, now));
        }
    }

    /// <summary>Gives up a claim that nothing came of.</summary>
    public void Release(SpeechLease? lease)
    {
        if (lease is { IsPending: true })
        {
            queue.TryEnqueue(StoreWrite.Release(lease));
        }
    }

    /// <summary>What found no place in the queue when it was made may find one now, before it is gone.</summary>
    private void Evicted(SpeechCacheKey key, CachedSpeech speech)
    {
        if (speech is { IsLeftOut: true, IsStored: false })
        {
            Enqueue(key, speech, lease: null);
        }
    }

    private void Enqueue(SpeechCacheKey key, CachedSpeech speech, SpeechLease? lease) => speech.IsLeftOut = !queue.TryEnqueue(StoreWrite.Store(key, speech, lease));

    /// <summary>
    /// Stores a result, or when storage does not take it, or the caller leaves meanwhile, leaves it to the queue: a result that was paid is not thrown away for
    /// that.
    /// </summary>
    private async Task StoreNowAsync(SpeechCacheKey key, CachedSpeech speech, SpeechLease? lease, CancellationToken cancellationToken)
    {
        try
        {
            await store.StoreAsync(key, speech, lease, cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                metrics.StoreFailed("store");
                LogNotStored(exception.GetType().Name);
            }

            Enqueue(key, speech, lease);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A result could not be stored before it was answered with ({Exception}). It will be, when storage is back.")]
    private partial void LogNotStored(string exception);
}

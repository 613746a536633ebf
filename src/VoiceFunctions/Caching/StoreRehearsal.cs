using Azure;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>
/// Goes every way of a request to storage once, before there are requests. The first call of each kind takes many times as long as the later ones, and the
/// first requests would give up on results that are stored for them.
/// </summary>
internal sealed class StoreRehearsal(ISpeechStore store, CacheTables tables, TimeProvider time)
{
    /// <summary>The tenant of what is stored only to be removed again.</summary>
    private const string Nobody = "";

    private static readonly SpeechCall Call = new() { Tenant = Nobody };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var length in (int[])[1, StoredRow.MaxInline + 1])
        {
            await RunAsync(new byte[length], cancellationToken);
        }
    }

    private async Task RunAsync(byte[] content, CancellationToken cancellationToken)
    {
        // Random, so that no result has it and no other instance uses it now.
        var key = new SpeechCacheKey((ulong)Random.Shared.NextInt64(1, long.MaxValue), (ulong)Random.Shared.NextInt64());
        var speech = CachedSpeech.OfAudio(Nobody, new SpeechOutcome { Provider = Nobody, Model = Nobody }, content, Nobody, time.GetUtcNow());
        await store.ClaimAsync(key, Call, again: false, cancellationToken);
        // Finds a row in its place, as the claim of a result does that another process has stored, and takes over what is its own.
        var claimed = await store.ClaimAsync(key, Call, again: false, cancellationToken) as StoreAnswer.Claimed;
        await store.StoreAsync(key, speech, claimed?.Lease, cancellationToken);
        await store.FindAsync(key, Call, cancellationToken);
        if (await store.ClaimAsync(key, Call, again: false, cancellationToken) is StoreAnswer.InBlob { Row: var row })
        {
            await store.OpenAsync(key, row, Call, claims: false, cancellationToken);
            await tables.Blobs.DeleteBlobIfExistsAsync(row.Blob, cancellationToken: cancellationToken);
        }

        await tables.DeleteAsync(key.ToString(), ETag.All, cancellationToken);
        await tables.UnindexAsync(CacheRows.Partition(Nobody, speech.LastUsedAt), key.ToString(), cancellationToken);
    }
}

using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>
/// Results in Table and Blob Storage. The row of a result is also the lease on its making: it is inserted as pending, which fails when there is one already,
/// and replaced by the result under its ETag. Index first, then blob, then row: what a crash leaves, the eviction finds by the index.
/// </summary>
internal sealed class TableSpeechStore(CacheTables tables, IOptions<SpeechCacheOptions> options, TimeProvider time) : ISpeechStore
{
    /// <summary>Times that a row may change under the eyes of whoever writes it.</summary>
    private const int Rounds = 3;

    /// <summary>Of this process: what it has claimed and makes no more is not waited for.</summary>
    private readonly string _owner = Guid.NewGuid().ToString("N");

    private readonly StoredKeys _known = new();

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await tables.CreateAsync(cancellationToken);
        await new StoreRehearsal(this, tables, time).RunAsync(cancellationToken);
    }

    public bool Knows(SpeechCacheKey key) => _known.Contains(key);

    public async Task<StoreAnswer> FindAsync(SpeechCacheKey key, SpeechCall call, CancellationToken cancellationToken) =>
        await tables.ReadAsync(key.ToString(), cancellationToken) is { IsPending: false } row && !IsExpired(row) && await AnswerAsync(key, row, call, claims: false, cancellationToken) is { } answer
            ? answer
            : StoreAnswer.Nothing;

    public Task<StoreAnswer> ClaimAsync(SpeechCacheKey key, SpeechCall call, bool again, CancellationToken cancellationToken) =>
        tables.WithTablesAsync(() => ClaimRowAsync(key, call, again, cancellationToken), cancellationToken);

    public async Task<StoreAnswer> OpenAsync(SpeechCacheKey key, StoredRow row, SpeechCall call, bool claims, CancellationToken cancellationToken)
    {
        var speech = await tables.DownloadAsync(row.Blob!, cancellationToken) is { } content ? row.ToSpeech(content) : null;
        return await AnswerAsync(key, row, speech, call, claims, cancellationToken) ?? StoreAnswer.Nothing;
    }

    public Task StoreAsync(SpeechCacheKey key, CachedSpeech speech, SpeechLease? lease, CancellationToken cancellationToken) => speech.IsStored
        ? Task.CompletedTask
        : tables.WithTablesAsync(() => WriteAsync(key, speech, lease, cancellationToken), cancellationToken);

    public Task NoteAsync(SpeechLease lease, CancellationToken cancellationToken) => tables.NoteAsync(lease.Key.ToString(), IndexEntry.Of(lease), cancellationToken);

    public async Task ReleaseAsync(SpeechLease lease, CancellationToken cancellationToken)
    {
        if (lease.IsPending && await tables.DeleteAsync(lease.Key.ToString(), lease.ETag, cancellationToken))
        {
            await tables.UnindexAsync(CacheRows.Partition(lease.Tenant, lease.ClaimedAt), lease.Key.ToString(), cancellationToken);
        }
    }

    public async Task TouchAsync(SpeechCacheKey key, DateTimeOffset usedAt, CancellationToken cancellationToken)
    {
        if (await tables.ReadAsync(key.ToString(), cancellationToken) is { IsPending: false } row && usedAt - row.LastUsedAt >= options.Value.TouchInterval)
        {
            var change = new TableEntity(key.ToString(), CacheRows.Result) { [nameof(StoredRow.LastUsedAt)] = usedAt };
            await tables.ReplaceAsync(change, row.ETag, cancellationToken, TableUpdateMode.Merge);
        }
    }

    private async Task<StoreAnswer> ClaimRowAsync(SpeechCacheKey key, SpeechCall call, bool again, CancellationToken cancellationToken)
    {
        var looksFirst = again || Knows(key);
        for (var round = 0; round < Rounds; round++)
        {
            if ((round > 0 || !looksFirst) && await tables.InsertAsync(Pending(key, call), cancellationToken) is { } inserted)
            {
                return Claim(key, call, inserted);
            }

            if (await tables.ReadAsync(key.ToString(), cancellationToken) is not { } row)
            {
                // Given up, or removed: it can be inserted again.
                continue;
            }

            if (row.IsPending && row.Until > time.GetUtcNow() && row.Owner != _owner)
            {
                return new StoreAnswer.Held(row.Until);
            }

            var answer = row.IsPending || IsExpired(row)
                ? await TakeOverAsync(key, row, call, cancellationToken)
                : await AnswerAsync(key, row, call, claims: true, cancellationToken);
            if (answer is not null)
            {
                return answer;
            }
        }

        return StoreAnswer.Nothing;
    }

    private Task<StoreAnswer?> AnswerAsync(SpeechCacheKey key, StoredRow row, SpeechCall call, bool claims, CancellationToken cancellationToken) => row.Blob is null
        ? AnswerAsync(key, row, row.ToSpeech(row.Inline), call, claims, cancellationToken)
        : Task.FromResult<StoreAnswer?>(new StoreAnswer.InBlob(row));

    /// <summary><see langword="null"/> when the row has changed meanwhile.</summary>
    private async Task<StoreAnswer?> AnswerAsync(SpeechCacheKey key, StoredRow row, CachedSpeech? speech, SpeechCall call, bool claims, CancellationToken cancellationToken)
    {
        if (speech is not null && speech.Serves(call))
        {
            _known.Add(key);
            return new StoreAnswer.Found(speech);
        }

        return !claims ? StoreAnswer.Nothing
            : speech is null ? await TakeOverAsync(key, row, call, cancellationToken)
            // What lacks a timing still serves others until there is a fuller one.
            : new StoreAnswer.Claimed(new SpeechLease(key, call.Tenant, time.GetUtcNow(), row.ETag) { IsPending = false, OldBlob = row.Blob });
    }

    private async Task<StoreAnswer?> TakeOverAsync(SpeechCacheKey key, StoredRow row, SpeechCall call, CancellationToken cancellationToken) =>
        await tables.ReplaceAsync(Pending(key, call), row.ETag, cancellationToken) is { } taken ? Claim(key, call, taken, row.Blob) : null;

    private async Task<bool> WriteAsync(SpeechCacheKey key, CachedSpeech speech, SpeechLease? lease, CancellationToken cancellationToken)
    {
        var blob = speech.Content.Length > StoredRow.MaxInline ? CacheRows.NewBlob(key) : null;
        await tables.IndexAsync(key.ToString(), IndexEntry.Of(speech, blob), cancellationToken);
        if (blob is not null)
        {
            await tables.Blobs.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(speech.Content), overwrite: true, cancellationToken);
        }

        var unwanted = await WriteRowAsync(key, StoredRow.ToReady(key, speech, blob), lease, cancellationToken) ? lease?.OldBlob : blob;
        if (unwanted is not null)
        {
            await tables.Blobs.DeleteBlobIfExistsAsync(unwanted, cancellationToken: cancellationToken);
        }

        speech.IsStored = true;
        _known.Add(key);
        return true;
    }

    /// <summary>Whether the row was written, and not another one found in its place.</summary>
    private async Task<bool> WriteRowAsync(SpeechCacheKey key, TableEntity ready, SpeechLease? lease, CancellationToken cancellationToken)
    {
        if (lease is not null && await tables.ReplaceAsync(ready, lease.ETag, cancellationToken) is not null)
        {
            return true;
        }

        for (var round = 0; round < Rounds; round++)
        {
            if (await tables.InsertAsync(ready, cancellationToken) is not null)
            {
                return true;
            }

            var row = await tables.ReadAsync(key.ToString(), cancellationToken);
            if (row is { IsPending: false } && !IsExpired(row))
            {
                return false;
            }

            if (row is not null && await tables.ReplaceAsync(ready, row.ETag, cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private TableEntity Pending(SpeechCacheKey key, SpeechCall call)
    {
        var now = time.GetUtcNow();
        return StoredRow.ToPending(key, call.Tenant, _owner, now + options.Value.LeaseDuration, now);
    }

    private StoreAnswer.Claimed Claim(SpeechCacheKey key, SpeechCall call, ETag etag, string? oldBlob = null) =>
        new(new SpeechLease(key, call.Tenant, time.GetUtcNow(), etag) { OldBlob = oldBlob });

    private bool IsExpired(StoredRow row) => time.GetUtcNow() - row.MadeAt >= options.Value.MaxAge;
}

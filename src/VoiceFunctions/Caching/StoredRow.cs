using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Providers;
using System.Text.Json;

namespace VoiceFunctions.Caching;

/// <summary>A row of the table of results: a result, or the sign that one is being made.</summary>
internal sealed class StoredRow(TableEntity entity)
{
    /// <summary>Content up to this size is in the row (a binary property holds 64 KiB); what is larger is in a blob.</summary>
    public const int MaxInline = 48 * 1024;

    private const string Ready = "ready";
    private const string Pending = "pending";
    private const string State = "State";
    private const string Content = "Content";
    private const string Operation = "Operation";

    public ETag ETag => entity.ETag;

    public bool IsPending => entity.GetString(State) != Ready;

    /// <summary>Of a pending row: the process that makes the result.</summary>
    public string? Owner => entity.GetString(nameof(Owner));

    /// <summary>Of a pending row: when others may make it.</summary>
    public DateTimeOffset Until => entity.GetDateTimeOffset(nameof(Until)) ?? DateTimeOffset.MinValue;

    public string Tenant => entity.GetString(nameof(Tenant)) ?? string.Empty;

    public string? Blob => entity.GetString(nameof(Blob));

    /// <summary>Of the content.</summary>
    public long Bytes => entity.GetInt64(nameof(Bytes)) ?? 0;

    public DateTimeOffset MadeAt => entity.GetDateTimeOffset(nameof(MadeAt)) ?? DateTimeOffset.MinValue;

    public DateTimeOffset LastUsedAt => entity.GetDateTimeOffset(nameof(LastUsedAt)) ?? DateTimeOffset.MinValue;

    /// <summary>The content of a row without a blob.</summary>
    public ReadOnlyMemory<byte> Inline => entity.GetBinary(Content) ?? [];

    public static TableEntity ToPending(SpeechCacheKey key, string tenant, string owner, DateTimeOffset until, DateTimeOffset now) => new(key.ToString(), CacheRows.Result)
    {
        [State] = Pending,
        [nameof(Owner)] = owner,
        [nameof(Until)] = until,
        [nameof(Tenant)] = tenant,
        [nameof(LastUsedAt)] = now,
    };

    public static TableEntity ToReady(SpeechCacheKey key, CachedSpeech speech, string? blob)
    {
        var row = new TableEntity(key.ToString(), CacheRows.Result)
        {
            [State] = Ready,
            [nameof(Tenant)] = speech.Tenant,
            [Operation] = speech.Transcript is null ? "synthesis" : "recognition",
            [nameof(SpeechOutcome.Provider)] = speech.Outcome.Provider,
            [nameof(SpeechOutcome.Model)] = speech.Outcome.Model,
            [nameof(SpeechOutcome)] = JsonSerializer.Serialize(speech.Outcome, CacheJson.Default.SpeechOutcome),
            [nameof(CachedSpeech.MediaType)] = speech.MediaType,
            [nameof(CachedSpeech.Sha256)] = speech.Sha256,
            [nameof(Bytes)] = (long)speech.Content.Length,
            [nameof(MadeAt)] = speech.MadeAt,
            [nameof(LastUsedAt)] = speech.LastUsedAt,
        };
        if (blob is null)
        {
            row[Content] = BinaryData.FromBytes(speech.Content);
        }
        else
        {
            row[nameof(Blob)] = blob;
        }

        return row;
    }

    /// <summary>The result; <see langword="null"/> when the content is not the one that was stored.</summary>
    public CachedSpeech? ToSpeech(ReadOnlyMemory<byte> content) => content.Length == Bytes && entity.GetString(nameof(SpeechOutcome)) is { } outcome
        ? CachedSpeech.OfStored(
            Tenant, outcome, content, entity.GetString(nameof(CachedSpeech.Sha256)), entity.GetString(nameof(CachedSpeech.MediaType)), MadeAt, LastUsedAt)
        : null;
}

using Azure.Data.Tables;

namespace VoiceFunctions.Caching;

/// <summary>What the index knows of a result, which may have been used since.</summary>
internal sealed record IndexEntry
{
    public required string Tenant { get; init; }

    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary><see langword="null"/> while it is being made.</summary>
    public required DateTimeOffset? MadeAt { get; init; }

    public required long Bytes { get; init; }

    public required string? Blob { get; init; }

    public static IndexEntry Of(CachedSpeech speech, string? blob) => new()
    {
        Tenant = speech.Tenant,
        LastUsedAt = speech.LastUsedAt,
        MadeAt = speech.MadeAt,
        Bytes = speech.Content.Length,
        Blob = blob,
    };

    public static IndexEntry Of(SpeechLease lease) => new() { Tenant = lease.Tenant, LastUsedAt = lease.ClaimedAt, MadeAt = null, Bytes = 0, Blob = null };

    public static IndexEntry Of(TableEntity row) => new()
    {
        Tenant = row.GetString(nameof(Tenant)) ?? string.Empty,
        LastUsedAt = row.GetDateTimeOffset(nameof(LastUsedAt)) ?? DateTimeOffset.MinValue,
        MadeAt = row.GetDateTimeOffset(nameof(MadeAt)),
        Bytes = row.GetInt64(nameof(Bytes)) ?? 0,
        Blob = row.GetString(nameof(Blob)),
    };

    public TableEntity ToEntity(string partition, string key)
    {
        var row = new TableEntity(partition, key) { [nameof(Tenant)] = Tenant, [nameof(LastUsedAt)] = LastUsedAt, [nameof(Bytes)] = Bytes };
        if (MadeAt is { } madeAt)
        {
            row[nameof(MadeAt)] = madeAt;
        }

        if (Blob is not null)
        {
            row[nameof(Blob)] = Blob;
        }

        return row;
    }
}

namespace VoiceFunctions.Security.Keys;

/// <summary>A key as storage has it. The secret is not in it.</summary>
internal sealed record AccessKey(string Id, KeyHash Hash, Caller Caller)
{
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary><see langword="null"/> for a key that is good until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

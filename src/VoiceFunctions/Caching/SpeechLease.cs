using Azure;

namespace VoiceFunctions.Caching;

/// <summary>The right to write a result: to make it for all instances, or to put a fuller one in the place of a stored one.</summary>
/// <param name="Key">Of the result.</param>
/// <param name="Tenant">Whose result it is.</param>
/// <param name="ClaimedAt">When the making began.</param>
/// <param name="ETag">Of the row to be replaced.</param>
internal sealed record SpeechLease(SpeechCacheKey Key, string Tenant, DateTimeOffset ClaimedAt, ETag ETag)
{
    /// <summary>Whether the row is only the sign that the result is being made, and goes when it is not.</summary>
    public bool IsPending { get; init; } = true;

    /// <summary>The blob of the result that the new one takes the place of.</summary>
    public string? OldBlob { get; init; }
}

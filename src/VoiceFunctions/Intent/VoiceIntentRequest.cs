using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Intent;

/// <summary>A chat message with what is known about its surroundings.</summary>
public sealed record VoiceIntentRequest
{
    public const int MaxMessageLength = 32_768;
    public const int MaxHistoryLength = 100;
    public const int MaxPlatformLength = 64;

    /// <summary>The user's message. Its first 4,096 characters are analysed.</summary>
    [StringLength(MaxMessageLength, MinimumLength = 1)]
    public required string Message { get; init; }

    /// <summary>
    /// Earlier turns, oldest first; the first 1,024 characters of each of the last 20 are analysed. It may end with the message itself: a spoken
    /// user turn at the end says that the message was a voice message.
    /// </summary>
    [MaxLength(MaxHistoryLength)]
    public IReadOnlyList<VoiceIntentTurn>? History { get; init; }

    /// <summary>Where the message came from, such as <c>telegram</c>, <c>phone</c> or <c>email</c>. An unknown name has no influence.</summary>
    [StringLength(MaxPlatformLength)]
    public string? Platform { get; init; }
}

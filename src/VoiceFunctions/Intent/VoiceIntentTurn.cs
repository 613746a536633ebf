using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Intent;

/// <summary>An earlier turn of the conversation.</summary>
public sealed record VoiceIntentTurn
{
    public required VoiceIntentRole Role { get; init; }

    [StringLength(VoiceIntentRequest.MaxMessageLength)]
    public required string Content { get; init; }

    /// <summary>Whether this turn was spoken: a user's voice message or an assistant's spoken answer. Not known counts as written.</summary>
    public bool? Voice { get; init; }
}

namespace VoiceFunctions.Intent;

/// <summary>The verdict on one message.</summary>
public sealed record VoiceIntent
{
    public required bool RespondWithVoice { get; init; }

    public required VoiceIntentKind Kind { get; init; }

    /// <summary>How sure the rules are of <see cref="Kind"/>, 0 to 1: the weights of the rules that fired, not a measured probability.</summary>
    public required double Confidence { get; init; }

    /// <summary>Which rules fired on what, in English. They quote the user's words, so they do not belong in a log.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}

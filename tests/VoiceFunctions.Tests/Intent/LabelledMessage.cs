using VoiceFunctions.Intent;

namespace VoiceFunctions.Tests.Intent;

/// <summary>A line of a labelled file: a request as the API takes it, and the kind that a person gave it.</summary>
internal sealed record LabelledMessage
{
    public required VoiceIntentKind Kind { get; init; }

    public required string Message { get; init; }

    public IReadOnlyList<VoiceIntentTurn>? History { get; init; }

    public string? Platform { get; init; }

    public bool Spoken => Kind is not (VoiceIntentKind.None or VoiceIntentKind.Unsuitable);

    public VoiceIntentRequest ToRequest() => new() { Message = Message, History = History, Platform = Platform };
}

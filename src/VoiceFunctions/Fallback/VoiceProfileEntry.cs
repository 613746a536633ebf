namespace VoiceFunctions.Fallback;

/// <summary>Who speaks a profile at one provider.</summary>
public sealed record VoiceProfileEntry
{
    /// <summary>The voice in the provider's own name.</summary>
    public required string Voice { get; init; }

    /// <summary><see langword="null"/> for the provider's first model that has the voice.</summary>
    public string? Model { get; init; }

    /// <summary>Times the normal speed, where the caller asks for none; default 1.</summary>
    public float Speed { get; init; } = 1;
}

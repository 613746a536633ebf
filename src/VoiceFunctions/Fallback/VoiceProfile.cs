namespace VoiceFunctions.Fallback;

/// <summary>A voice that a caller asks for by role, and who speaks it at each provider.</summary>
public sealed record VoiceProfile(string Name)
{
    /// <summary>BCP-47; <see langword="null"/> when the text decides.</summary>
    public string? Language { get; init; }

    /// <summary><c>female</c>, <c>male</c> or <see langword="null"/>: decides where the profile names no voice for a provider or a language.</summary>
    public string? Gender { get; init; }

    /// <summary>How to speak, for models that take directions.</summary>
    public string? Style { get; init; }

    /// <summary>Provider to voice.</summary>
    public IReadOnlyDictionary<string, VoiceProfileEntry> Voices { get; init; } = new Dictionary<string, VoiceProfileEntry>();
}

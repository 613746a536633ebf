namespace VoiceFunctions.Fallback;

/// <summary>A profile as configuration has it: <c>VoiceProfiles__narrator__Gender=male</c>, <c>VoiceProfiles__narrator__Voices__openai__Voice=onyx</c>.</summary>
internal sealed class VoiceProfileOptions
{
    /// <inheritdoc cref="VoiceProfile.Language"/>
    public string? Language { get; set; }

    /// <inheritdoc cref="VoiceProfile.Gender"/>
    public string? Gender { get; set; }

    /// <inheritdoc cref="VoiceProfile.Style"/>
    public string? Style { get; set; }

    /// <inheritdoc cref="VoiceProfile.Voices"/>
    public IDictionary<string, VoiceProfileEntry> Voices { get; } = new Dictionary<string, VoiceProfileEntry>(StringComparer.OrdinalIgnoreCase);
}

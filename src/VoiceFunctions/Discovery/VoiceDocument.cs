namespace VoiceFunctions.Discovery;

/// <summary>A voice profile as <c>GET /api/voices</c> shows it.</summary>
internal sealed record VoiceDocument
{
    public required string Name { get; init; }

    public required string? Language { get; init; }

    public required string? Gender { get; init; }

    public required string? Style { get; init; }

    /// <summary>Who speaks it, at each configured provider that can; for the profile's language, or English where it has none.</summary>
    public required IReadOnlyList<VoiceMapping> Providers { get; init; }
}

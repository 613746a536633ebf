namespace VoiceCommand.Api;

/// <summary>A voice profile and who speaks it.</summary>
internal sealed record VoiceDocument(string Name, string? Language, string? Gender, string? Style, IReadOnlyList<VoiceMapping> Providers);

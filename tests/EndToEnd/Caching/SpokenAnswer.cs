namespace VoiceFunctions.EndToEnd.Caching;

/// <summary>Audio that came back, and where from.</summary>
internal sealed record SpokenAnswer(string Cache, string Provider, byte[] Audio, string ETag, string? CostUsd);

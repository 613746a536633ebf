namespace VoiceFunctions.Discovery;

/// <summary>The answer of <c>GET /api/voices</c>.</summary>
internal sealed record VoiceListDocument(IReadOnlyList<VoiceDocument> Voices);

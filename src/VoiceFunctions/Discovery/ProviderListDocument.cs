namespace VoiceFunctions.Discovery;

/// <summary>The answer of <c>GET /api/providers</c>.</summary>
internal sealed record ProviderListDocument(IReadOnlyList<ProviderDocument> Providers);

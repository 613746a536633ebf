namespace VoiceFunctions.Readiness;

/// <summary>The answer of <c>GET /api/health/ready</c>.</summary>
internal sealed record ReadinessDocument(bool Ready, DependencyDocument Storage, IReadOnlyList<DependencyDocument> Providers);

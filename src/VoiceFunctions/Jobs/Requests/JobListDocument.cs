namespace VoiceFunctions.Jobs.Requests;

/// <summary>The answer to <c>GET /api/jobs</c>.</summary>
internal sealed record JobListDocument(IReadOnlyList<JobDocument> Jobs, string? Continuation);

namespace VoiceCommand.Api;

internal sealed record JobListDocument(IReadOnlyList<JobDocument> Jobs, string? Continuation);

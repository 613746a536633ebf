namespace VoiceFunctions.Jobs;

/// <summary>Some jobs of a tenant, newest first, and the mark to go on from; <see langword="null"/> after the last.</summary>
internal sealed record JobPage(IReadOnlyList<Job> Jobs, string? Continuation);

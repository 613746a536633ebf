namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>A chunk that none of its targets has made.</summary>
public sealed record ChunkFailure(JobChunk Chunk, IReadOnlyList<TargetFailure> Failures);

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>One attempt at one chunk at one target.</summary>
public sealed record ChunkCall(JobReference Job, JobTarget Target, JobChunk Chunk);

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>Which chunks to read of a split.</summary>
public sealed record ChunkList(JobReference Job, int Split, int First, int Count);

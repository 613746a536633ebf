namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>Which chunks to read of what the plan has for a target.</summary>
public sealed record ChunkList(JobReference Job, int Target, int First, int Count);

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>What came of some chunks: all are made, or one could not be, or the job was stopped.</summary>
public sealed record ChunksEnd(JobTally Tally)
{
    public ChunkFailure? Failure { get; init; }

    public JobStop? Stop { get; init; }

    public bool IsComplete => Failure is null && Stop is null;
}

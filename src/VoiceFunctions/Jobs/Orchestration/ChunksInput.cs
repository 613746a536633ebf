namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>Which chunks of a job to make, and where.</summary>
public sealed record ChunksInput
{
    public required JobReference Job { get; init; }

    /// <summary>The name of the activity that makes one.</summary>
    public required string Activity { get; init; }

    /// <summary>Where each of them may be made, in order.</summary>
    public required IReadOnlyList<JobTarget> Targets { get; init; }

    /// <summary>How often each of them may be tried at a target.</summary>
    public required int Tries { get; init; }

    public required RetryRules Rules { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The number of the first chunk.</summary>
    public required int First { get; init; }

    public required int Count { get; init; }

    /// <summary>What was done before.</summary>
    public required JobTally Tally { get; init; }
}

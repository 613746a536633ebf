using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>What came of one attempt at a chunk. A provider's failure is an outcome and no exception: the orchestration decides what follows from it.</summary>
public sealed record ChunkOutcome
{
    /// <summary>How the attempt failed; <see langword="null"/> when the chunk is stored, or nothing was tried.</summary>
    public ProviderFailureKind? Failure { get; init; }

    /// <summary>The failure in words fit for a caller.</summary>
    public string? Detail { get; init; }

    /// <summary>How long the provider asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Set when storage did not answer, so that nothing is known of the chunk and the same is to be tried again.</summary>
    public bool IsStorageAway { get; init; }

    /// <summary>Set when the job is to go no further, whatever other targets there are.</summary>
    public JobStop? Stop { get; init; }

    public IReadOnlyList<SpeechAttempt> Attempts { get; init; } = [];

    /// <summary>What was billed, failed attempts too; <see langword="null"/> when the provider tells no units.</summary>
    public BilledUnits? Units { get; init; }

    /// <summary>US dollars for it; <see langword="null"/> when the price is not known.</summary>
    public decimal? CostUsd { get; init; } = 0;
}

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>The results of a job, or why there are none.</summary>
public sealed record StitchEnd
{
    public IReadOnlyList<JobResult> Results { get; init; } = [];

    public JobStop? Stop { get; init; }
}

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>Where a job can be made, in order, or why it cannot be planned. What the chunks are lies in blobs.</summary>
public sealed record JobPlan
{
    public IReadOnlyList<JobTarget> Targets { get; init; } = [];

    public JobStop? Stop { get; init; }
}

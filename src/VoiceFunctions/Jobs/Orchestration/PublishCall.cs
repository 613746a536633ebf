namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>To end a job well.</summary>
public sealed record PublishCall(JobReference Job, IReadOnlyList<JobResult> Results);

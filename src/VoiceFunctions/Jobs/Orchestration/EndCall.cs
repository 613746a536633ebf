namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>To end a job without results.</summary>
public sealed record EndCall(JobReference Job, string ResultsPath, JobStop Stop);

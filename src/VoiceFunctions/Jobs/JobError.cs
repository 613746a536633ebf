namespace VoiceFunctions.Jobs;

/// <summary>Why a job failed: a code of the API's problems, and what is said to the caller.</summary>
internal sealed record JobError(string Code, string Detail);

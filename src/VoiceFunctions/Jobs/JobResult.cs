namespace VoiceFunctions.Jobs;

/// <summary>A file that a job has made. It lies in the container of results, under the job's <see cref="Job.ResultsPath"/> and this name.</summary>
public sealed record JobResult(string Name, string MediaType, long Bytes);

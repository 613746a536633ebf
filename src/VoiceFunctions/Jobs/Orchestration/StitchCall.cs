namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>To make the results of a job out of its chunks.</summary>
/// <param name="Job">Whose.</param>
/// <param name="Targets">Where the chunks may have been made.</param>
/// <param name="Unheard">As in <see cref="JobTally.Unheard"/>.</param>
public sealed record StitchCall(JobReference Job, IReadOnlyList<JobTarget> Targets, IReadOnlyList<int> Unheard);

using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>
/// How far a job has come. Everything in it is the state and not what was added to it, so that a report that is made twice changes nothing.
/// </summary>
/// <param name="Job">Whose.</param>
/// <param name="Tally">Up to now.</param>
/// <param name="Total">Chunks of the job.</param>
/// <param name="Latest">The last of the attempts in <paramref name="Tally"/>: those that were not reported before.</param>
public sealed record JobProgress(JobReference Job, JobTally Tally, int Total, IReadOnlyList<SpeechAttempt> Latest);

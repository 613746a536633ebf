using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>To end a job well.</summary>
public sealed record PublishCall(JobReference Job, IReadOnlyList<JobResult> Results)
{
    /// <summary>Recognition: what is missing in the results; <see langword="null"/> for nothing.</summary>
    public IReadOnlyList<InaudibleSpeech>? Inaudible { get; init; }
}

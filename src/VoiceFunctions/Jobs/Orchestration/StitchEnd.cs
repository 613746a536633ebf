using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>The results of a job, or why there are none.</summary>
public sealed record StitchEnd
{
    public IReadOnlyList<JobResult> Results { get; init; } = [];

    /// <inheritdoc cref="PublishCall.Inaudible"/>
    public IReadOnlyList<InaudibleSpeech>? Inaudible { get; init; }

    public JobStop? Stop { get; init; }
}

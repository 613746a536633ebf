using VoiceFunctions.Synthesis;

namespace VoiceFunctions.Jobs;

/// <summary>The body of <c>POST /api/tts/jobs</c>: a synthesis, and what only a job has. As part of a <see cref="Job"/> it is without its text and its secret.</summary>
internal sealed record SynthesisJobRequest : SynthesisRequest
{
    /// <summary><c>inbox/…</c>, in the place of <see cref="SynthesisRequest.Text"/>.</summary>
    public string? TextBlob { get; init; }

    public VoiceConsistency? Consistency { get; init; }

    /// <summary>Whether SRT and VTT are made beside the audio.</summary>
    public bool? Captions { get; init; }

    public string? Title { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public string? CallbackUrl { get; init; }

    public string? CallbackSecret { get; init; }
}

using VoiceFunctions.Providers;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs;

/// <summary>The parameters of <c>POST /api/stt/jobs</c>, wherever they stood. As part of a <see cref="Job"/> they are without the secret.</summary>
internal sealed record TranscriptionJobRequest
{
    public TranscriptionRequest Recognition { get; init; } = new();

    public IReadOnlyList<TranscriptOutput> Outputs { get; init; } = [TranscriptOutput.Json, TranscriptOutput.Txt];

    /// <summary><c>inbox/…</c>; <see langword="null"/> when the audio came with the request.</summary>
    public string? AudioBlob { get; init; }

    public string? Title { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public string? CallbackUrl { get; init; }

    public string? CallbackSecret { get; init; }

    /// <summary>The timings that the outputs cannot do without.</summary>
    public TimingKinds NeededTimings =>
        Outputs.Any(output => output is TranscriptOutput.Srt or TranscriptOutput.Vtt) ? Recognition.NeededTimings | TimingKinds.Segment : Recognition.NeededTimings;
}

using VoiceFunctions.Providers;

namespace VoiceFunctions.Transcription;

/// <summary>The parameters of <c>POST /api/stt</c>, wherever they stood.</summary>
internal sealed record TranscriptionRequest
{
    public string? Language { get; init; }

    public string? Prompt { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public IReadOnlyList<string> Providers { get; init; } = [];

    public CacheMode Cache { get; init; }

    public TranscriptFormat Format { get; init; }

    public TimingKinds Timestamps { get; init; }

    public bool Diarize { get; init; }

    /// <summary>The timings that the answer cannot do without: those asked for, and segments for captions.</summary>
    public TimingKinds NeededTimings => Format is TranscriptFormat.Srt or TranscriptFormat.Vtt ? Timestamps | TimingKinds.Segment : Timestamps;
}

using System.Text;
using System.Text.Json;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>A transcript as a file of one kind, as a short call would answer it. Where something could not be made out, each kind says so.</summary>
internal static class TranscriptFile
{
    public static string Name(TranscriptOutput output) => output switch
    {
        TranscriptOutput.Json => "transcript.json",
        TranscriptOutput.Txt => "transcript.txt",
        TranscriptOutput.Srt => "transcript.srt",
        TranscriptOutput.Vtt => "transcript.vtt",
        _ => throw new ArgumentOutOfRangeException(nameof(output), output, message: null),
    };

    public static string MediaType(TranscriptOutput output) => output switch
    {
        TranscriptOutput.Json => "application/json; charset=utf-8",
        TranscriptOutput.Txt => "text/plain; charset=utf-8",
        TranscriptOutput.Srt => "application/x-subrip; charset=utf-8",
        TranscriptOutput.Vtt => "text/vtt; charset=utf-8",
        _ => throw new ArgumentOutOfRangeException(nameof(output), output, message: null),
    };

    /// <param name="transcript">What was heard.</param>
    /// <param name="output">Of what kind the file is.</param>
    /// <param name="jobId">Stands where a short call has its request id.</param>
    /// <param name="attempts">The job's, for the JSON.</param>
    /// <param name="costUsd">The job's, for the JSON.</param>
    /// <exception cref="ProblemException">Captions are asked for and not all of the text has measured times.</exception>
    public static byte[] Write(LongTranscript transcript, TranscriptOutput output, string jobId, IReadOnlyList<SpeechAttempt> attempts, decimal? costUsd) => output switch
    {
        TranscriptOutput.Json => JsonSerializer.SerializeToUtf8Bytes(Document(transcript, jobId, attempts, costUsd), ApiJson.Wire.TranscriptionDocument),
        TranscriptOutput.Txt => Encoding.UTF8.GetBytes(transcript.MarkedText),
        TranscriptOutput.Srt => Encoding.UTF8.GetBytes(Captions.ToSrt(Cues(transcript))),
        TranscriptOutput.Vtt => Encoding.UTF8.GetBytes(Captions.ToVtt(Cues(transcript))),
        _ => throw new ArgumentOutOfRangeException(nameof(output), output, message: null),
    };

    private static IReadOnlyList<SpeechSegment> Cues(LongTranscript transcript) => transcript.Timings.HasFlag(TimingKinds.Segment)
        ? [.. transcript.Segments.Concat(transcript.Inaudible.Select(Mark)).OrderBy(segment => segment.Start)]
        : throw new ProblemException(ProblemKind.TimingsUnavailable, $"{transcript.Provider} gave no timings for a part of this recording.");

    private static SpeechSegment Mark(InaudibleSpeech speech) => new(speech.Start, speech.End, LongTranscript.InaudibleMark);

    private static TranscriptionDocument Document(LongTranscript transcript, string jobId, IReadOnlyList<SpeechAttempt> attempts, decimal? costUsd) => new()
    {
        Text = transcript.Text,
        Language = transcript.Language,
        Duration = transcript.Duration,
        Provider = transcript.Provider,
        Model = transcript.Model,
        Confidence = transcript.Confidence,
        Cache = transcript.Cache,
        Attempts = attempts,
        CostUsd = costUsd,
        RequestId = jobId,
        Inaudible = transcript.Inaudible.Count > 0 ? transcript.Inaudible : null,
        Segments = [.. transcript.Segments.Select((segment, id) => new TranscriptSegment(id, segment.Start, segment.End, segment.Text, segment.Speaker, segment.Confidence))],
        Words = transcript.Words,
    };
}

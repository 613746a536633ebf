using Microsoft.AspNetCore.Http;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Transcription;

/// <summary>Answers with a transcript in the format asked for; all formats come from the one result.</summary>
internal sealed class TranscriptionResult(TranscriptionRequest request, string text, SpeechOutcome outcome) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        IResult result = request.Format switch
        {
            TranscriptFormat.Text => TypedResults.Text(text, "text/plain; charset=utf-8"),
            TranscriptFormat.Srt => TypedResults.Text(Captions.ToSrt(outcome.Segments), "application/x-subrip; charset=utf-8"),
            TranscriptFormat.Vtt => TypedResults.Text(Captions.ToVtt(outcome.Segments), "text/vtt; charset=utf-8"),
            _ => TypedResults.Json(Document(httpContext.TraceIdentifier), ApiJson.Wire.TranscriptionDocument),
        };
        return result.ExecuteAsync(httpContext);
    }

    private TranscriptionDocument Document(string requestId) => new()
    {
        Text = text,
        Language = outcome.Language,
        Duration = outcome.Duration,
        Provider = outcome.Provider,
        Model = outcome.Model,
        Confidence = outcome.Confidence,
        Cache = outcome.Cache,
        Attempts = outcome.Attempts,
        CostUsd = outcome.CostUsd,
        RequestId = requestId,
        Segments = request.Format == TranscriptFormat.VerboseJson
            ? [.. outcome.Segments.Select((segment, id) => new TranscriptSegment(id, segment.Start, segment.End, segment.Text, segment.Speaker, segment.Confidence))]
            : null,
        Words = request.Format == TranscriptFormat.VerboseJson ? outcome.Words : null,
    };
}

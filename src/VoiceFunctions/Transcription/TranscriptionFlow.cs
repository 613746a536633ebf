using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Security;

namespace VoiceFunctions.Transcription;

/// <summary>A short recording on its way to text: read, inspected, recognised by the pipeline, answered.</summary>
public sealed class TranscriptionFlow
{
    private readonly ISpeechToTextClient _speech;
    private readonly RecognitionPlanner _planner;
    private readonly TranscriptionRequestReader _reader;
    private readonly TimeProvider _time;

    internal TranscriptionFlow(ISpeechToTextClient speech, RecognitionPlanner planner, TranscriptionRequestReader reader, TimeProvider time)
    {
        (_speech, _planner, _reader, _time) = (speech, planner, reader, time);
    }

    public async Task<IResult> RunAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(http, _time, cancellationToken);
        return await deadline.RunAsync<IResult>(async token =>
        {
            var (request, recording) = await _reader.ReadAsync(http, token);
            await using (recording)
            {
                var response = await _speech.GetTextAsync(recording, Options(request, Caller.Of(http.HttpContext), deadline), token);
                var outcome = response.GetOutcome();
                DemandTimings(request.NeededTimings, response.Text, outcome);
                return new TranscriptionResult(request, response.Text, outcome);
            }
        });
    }

    /// <summary>Tells whom the same request would go to and what it would cost. No provider is called.</summary>
    public async Task<IResult> EstimateAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(http, _time, cancellationToken);
        return await deadline.RunAsync<IResult>(async token =>
        {
            var (request, recording) = await _reader.ReadAsync(http, token);
            await using (recording)
            {
                var plan = _planner.Plan(recording, Options(request, Caller.Of(http.HttpContext), deadline)).Select(target => TargetEstimate.Of(target, recording.Duration)).ToArray();
                var estimate = EstimateDocument.Of(http.HttpContext.TraceIdentifier, plan, Math.Round(recording.Duration.TotalSeconds, 3));
                return TypedResults.Json(estimate, ApiJson.Wire.EstimateDocument);
            }
        });
    }

    /// <summary>A provider that was to measure timings and did not leaves a gap that nothing may fill.</summary>
    private static void DemandTimings(TimingKinds needed, string text, SpeechOutcome outcome)
    {
        if (text.Length > 0
            && ((needed.HasFlag(TimingKinds.Segment) && outcome.Segments.Count == 0) || (needed.HasFlag(TimingKinds.Word) && outcome.Words.Count == 0)))
        {
            throw new ProblemException(ProblemKind.TimingsUnavailable, $"{outcome.Provider} gave no timings for this recording.") { Attempts = outcome.Attempts };
        }
    }

    private static SpeechToTextOptions Options(TranscriptionRequest request, Caller caller, RequestDeadline deadline) =>
        RecognitionOptions.Of(request, request.NeededTimings, caller, deadline.ExpiresAt);
}

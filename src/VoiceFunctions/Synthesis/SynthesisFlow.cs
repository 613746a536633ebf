using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Security;

namespace VoiceFunctions.Synthesis;

/// <summary>A short text on its way to speech: read, validated, spoken by the pipeline, answered.</summary>
public sealed class SynthesisFlow
{
    private readonly ITextToSpeechClient _speech;
    private readonly SynthesisPlanner _planner;
    private readonly TimeProvider _time;

    internal SynthesisFlow(ITextToSpeechClient speech, SynthesisPlanner planner, TimeProvider time) => (_speech, _planner, _time) = (speech, planner, time);

    public async Task<IResult> RunAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(http, _time, cancellationToken);
        return await deadline.RunAsync<IResult>(async token =>
        {
            var request = await ReadAsync(http, token);
            var response = await _speech.GetAudioAsync(request.Text!, Options(request, Caller.Of(http.HttpContext), deadline), token);
            return new SynthesisResult(response.GetOutcome(), response.GetAudio(), AcceptHeader.PrefersJson(http));
        });
    }

    /// <summary>Tells whom the same request would go to and what it would cost. No provider is called.</summary>
    public async Task<IResult> EstimateAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(http, _time, cancellationToken);
        return await deadline.RunAsync<IResult>(async token =>
        {
            var request = await ReadAsync(http, token);
            var plan = _planner.Plan(request.Text!, Options(request, Caller.Of(http.HttpContext), deadline)).Select(target => TargetEstimate.Of(target, request.Text!)).ToArray();
            return TypedResults.Json(EstimateDocument.Of(http.HttpContext.TraceIdentifier, plan), ApiJson.Wire.EstimateDocument);
        });
    }

    private static async Task<SynthesisRequest> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var request = await SynthesisRequestReader.ReadAsync(http, cancellationToken);
        SynthesisRequestValidator.Validate(request);
        return request;
    }

    private static TextToSpeechOptions Options(SynthesisRequest request, Caller caller, RequestDeadline deadline) =>
        SynthesisOptions.Of(request, caller, deadline.ExpiresAt);
}

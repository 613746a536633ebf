using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Synthesis;

/// <summary>Answers with the audio and what is known of it in headers, or with both as JSON.</summary>
internal sealed class SynthesisResult(SpeechOutcome outcome, ReadOnlyMemory<byte> audio, bool asJson) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var headers = response.Headers;
        headers["X-Voice-Provider"] = outcome.Provider;
        headers["X-Voice-Model"] = outcome.Model;
        headers["X-Voice-Id"] = outcome.Voice;
        headers["X-Voice-Cache"] = CacheName();
        headers["X-Voice-Attempts"] = string.Join(',', outcome.Attempts.Select(attempt => $"{attempt.Provider}={attempt.Outcome}"));
        headers["X-Voice-Duration"] = outcome.Duration?.ToString("0.###", CultureInfo.InvariantCulture);
        if (outcome.CostUsd is { } cost)
        {
            headers["X-Voice-Cost-Usd"] = cost.ToString(CultureInfo.InvariantCulture);
        }

        headers.ETag = $"\"{(outcome.Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(audio.Span))).AsSpan(0, 32)}\"";
        return asJson ? WriteJsonAsync(httpContext) : WriteAudioAsync(httpContext);
    }

    private async Task WriteAudioAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = AudioFormats.MediaType(outcome.Format!.Value, outcome.SampleRate!.Value);
        httpContext.Response.ContentLength = audio.Length;
        await httpContext.Response.Body.WriteAsync(audio, httpContext.RequestAborted);
    }

    private Task WriteJsonAsync(HttpContext httpContext) => TypedResults.Json(
        new SynthesisDocument
        {
            RequestId = httpContext.TraceIdentifier,
            Provider = outcome.Provider,
            Model = outcome.Model,
            Voice = outcome.Voice!,
            Cache = outcome.Cache,
            Attempts = outcome.Attempts,
            Duration = outcome.Duration,
            CostUsd = outcome.CostUsd,
            Format = outcome.Format!.Value,
            SampleRate = outcome.SampleRate!.Value,
            Bytes = audio.Length,
            Audio = audio,
        },
        ApiJson.Wire.SynthesisDocument).ExecuteAsync(httpContext);

    private string CacheName() => outcome.Cache.ToString().ToLowerInvariant();
}

using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Synthesis;

/// <summary>Reads the JSON body of a synthesis.</summary>
internal static class SynthesisRequestReader
{
    /// <summary>Bytes. The longest text, every character of it escaped, with room for the other fields.</summary>
    private const int MaxBody = 128 * 1024;

    /// <exception cref="ProblemException">The body is not a synthesis request.</exception>
    public static Task<SynthesisRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken) =>
        JsonBody.ReadAsync(request, ApiJson.Wire.SynthesisRequest, MaxBody, TooLarge, cancellationToken);

    public static ProblemException TooLarge() => new(
        ProblemKind.PayloadTooLarge, $"A short call takes {SynthesisRequestValidator.MaxText} characters of text. POST /api/tts/jobs takes more.");
}

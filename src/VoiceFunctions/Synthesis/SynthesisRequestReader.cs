using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Synthesis;

/// <summary>Reads the JSON body of a synthesis.</summary>
internal static class SynthesisRequestReader
{
    /// <summary>Bytes. The longest text, every character of it escaped, with room for the other fields.</summary>
    private const int MaxBody = 96 * 1024;

    /// <exception cref="ProblemException">The body is not a synthesis request that this API can serve.</exception>
    public static async Task<SynthesisRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var read = await JsonBody.ReadAsync(request, ApiJson.Wire.SynthesisRequest, MaxBody, TooLarge, cancellationToken);
        SynthesisRequestValidator.Validate(read);
        return read;
    }

    public static ProblemException TooLarge() => new(
        ProblemKind.PayloadTooLarge, $"A short call takes {SynthesisRequestValidator.MaxText} characters of text. POST /api/tts/jobs takes more.");
}

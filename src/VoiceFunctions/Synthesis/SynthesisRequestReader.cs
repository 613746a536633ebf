using System.Text.Json;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Synthesis;

/// <summary>Reads the JSON body of a synthesis and says what is wrong with it, field by field.</summary>
internal static class SynthesisRequestReader
{
    /// <summary>Bytes. The longest text, every character of it escaped, with room for the other fields.</summary>
    private const int MaxBody = 64 * 1024;

    /// <exception cref="ProblemException">The body is not a synthesis request.</exception>
    public static async Task<SynthesisRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBody)
        {
            throw TooLarge();
        }

        var body = new byte[MaxBody + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxBody)
        {
            throw TooLarge();
        }

        if (length == 0)
        {
            throw new ProblemException(ProblemKind.InvalidRequest, "The body is empty. Send JSON such as {\"text\": \"Hello.\"}.");
        }

        try
        {
            return JsonSerializer.Deserialize(body.AsSpan(0, length), ApiJson.Default.SynthesisRequest)
                ?? throw new ProblemException(ProblemKind.InvalidRequest, "The body must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw JsonProblem.From(exception);
        }
    }

    public static ProblemException TooLarge() => new(
        ProblemKind.PayloadTooLarge, $"A short call takes {SynthesisRequestValidator.MaxText} characters of text. POST /api/tts/jobs takes more.");
}

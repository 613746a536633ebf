using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Synthesis;

/// <summary>Reads the JSON body of a synthesis and says what is wrong with it, field by field.</summary>
internal static class SynthesisRequestReader
{
    /// <summary>Bytes. The longest text, every character of it escaped, with room for the other fields.</summary>
    private const int MaxBody = 128 * 1024;

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
            ReadOnlySpan<byte> json = body.AsSpan(0, length);
            // Some shells and editors write it; RFC 8259, 8.1 lets a reader pass over it.
            json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
            return JsonSerializer.Deserialize(json, ApiJson.Default.SynthesisRequest)
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

using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Problems;

/// <summary>Reads a JSON body of bounded size and says what is wrong with it in the caller's terms.</summary>
internal static class JsonBody
{
    /// <exception cref="ProblemException">The body is empty, too large or not what <paramref name="type"/> describes.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, int maxBytes, Func<ProblemException> tooLarge, CancellationToken cancellationToken)
        where T : class
    {
        if (request.ContentLength > maxBytes)
        {
            throw tooLarge();
        }

        // As large as what is announced, and one byte more to notice what is not.
        var body = new byte[request.ContentLength + 1 ?? maxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > maxBytes)
        {
            throw tooLarge();
        }

        if (length == 0)
        {
            throw new ProblemException(ProblemKind.InvalidRequest, "The body is empty. Send a JSON object.");
        }

        try
        {
            ReadOnlySpan<byte> json = body.AsSpan(0, length);
            // Some shells and editors write it; RFC 8259, 8.1 lets a reader pass over it.
            json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
            return JsonSerializer.Deserialize(json, type) ?? throw new ProblemException(ProblemKind.InvalidRequest, "The body must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw JsonProblem.From(exception);
        }
    }
}

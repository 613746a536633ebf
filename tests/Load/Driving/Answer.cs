using System.Text.Json;

namespace VoiceFunctions.Load.Driving;

/// <summary>How one request ended.</summary>
/// <param name="Outcome"><c>ok</c>, the code of a problem, or the kind of a broken connection.</param>
/// <param name="Cache">What the answer says of the cache.</param>
/// <param name="Provider">Who made it.</param>
internal sealed record Answer(string Outcome, string? Cache, string? Provider)
{
    public const string Ok = "ok";

    /// <summary>Reads an answer to its end. One that is no audio, or less than it announced, is a failure whatever its status.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return new Answer(Code(body) ?? $"{(int)response.StatusCode}", null, null);
        }

        return body.Length == 0
            ? new Answer("empty", null, null)
            : new Answer(Ok, Header(response, "X-Voice-Cache"), Header(response, "X-Voice-Provider"));
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static string? Code(byte[] body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

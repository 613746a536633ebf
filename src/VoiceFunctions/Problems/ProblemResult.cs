using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Problems;

/// <summary>Writes a <see cref="ProblemException"/> as <c>application/problem+json</c>.</summary>
internal sealed class ProblemResult(ProblemException problem) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var kind = problem.Kind;
        // Rounded up: a client that comes back exactly then must not come too early.
        int? retryAfter = problem.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null;
        var document = new ProblemDocument
        {
            Type = $"urn:voicefunctions:problem:{kind.Code}",
            Title = kind.Title,
            Status = kind.Status,
            Detail = problem.Message,
            Code = kind.Code,
            RequestId = httpContext.TraceIdentifier,
            Errors = problem.Errors,
            Attempts = problem.Attempts,
            RetryAfter = retryAfter,
        };
        var response = httpContext.Response;
        response.StatusCode = kind.Status;
        if (retryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (kind == ProblemKind.Unauthorized)
        {
            // RFC 9110, 11.6.1: a 401 says what would do.
            response.Headers.WWWAuthenticate = "Bearer";
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Wire.ProblemDocument);
        response.ContentType = "application/problem+json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}

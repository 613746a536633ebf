using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Functions;

/// <summary>
/// Answers what no other function does. A Functions host matches routes in the order of the functions' names, so the name puts it last; a wrong method on a
/// route of the app ends here too.
/// </summary>
public sealed class ZzUnknownRoute
{
    private static readonly Dictionary<string, string> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tts"] = "POST",
        ["tts/estimate"] = "POST",
        ["stt"] = "POST",
        ["stt/estimate"] = "POST",
        ["intent"] = "POST",
        ["voices"] = "GET",
        ["providers"] = "GET",
        ["usage"] = "GET",
        ["health"] = "GET",
        ["health/ready"] = "GET",
    };

    [Function(nameof(ZzUnknownRoute))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/{*path}")] HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase, out var path) && Methods.TryGetValue(path.Value!.Trim('/'), out var allowed)
            && !HttpMethods.Equals(request.Method, allowed))
        {
            request.HttpContext.Response.Headers.Allow = allowed;
            throw new ProblemException(ProblemKind.MethodNotAllowed, $"Use {allowed}.");
        }

        throw new ProblemException(ProblemKind.NotFound, "There is no such route. The README lists them.");
    }
}

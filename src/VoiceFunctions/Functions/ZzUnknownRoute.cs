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
    /// <summary>A segment of a route that stands for any.</summary>
    private const string Any = "*";

    private static readonly (string[] Route, string Methods)[] Routes =
    [
        .. new[]
        {
            ("tts", "POST"),
            ("tts/estimate", "POST"),
            ("tts/jobs", "POST"),
            ("stt", "POST"),
            ("stt/estimate", "POST"),
            ("stt/jobs", "POST"),
            ("uploads", "POST"),
            ("jobs", "GET"),
            ("jobs/*", "GET"),
            ("jobs/*/cancel", "POST"),
            ("jobs/*/results/*", "GET, HEAD"),
            ("intent", "POST"),
            ("voices", "GET"),
            ("providers", "GET"),
            ("usage", "GET"),
            ("health", "GET"),
            ("health/ready", "GET"),
        }.Select(route => (route.Item1.Split('/'), route.Item2)),
    ];

    [Function(nameof(ZzUnknownRoute))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/{*path}")] HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase, out var path) && MethodsOf(path.Value!.Trim('/').Split('/')) is { } allowed
            && !allowed.Split(", ").Any(method => HttpMethods.Equals(request.Method, method)))
        {
            request.HttpContext.Response.Headers.Allow = allowed;
            throw new ProblemException(ProblemKind.MethodNotAllowed, $"Use {allowed.Replace(", ", " or ", StringComparison.Ordinal)}.");
        }

        throw new ProblemException(ProblemKind.NotFound, "There is no such route. The README lists them.");
    }

    private static string? MethodsOf(string[] path) => Routes.FirstOrDefault(route => route.Route.Length == path.Length && route.Route.Zip(path).All(IsSame)).Methods;

    private static bool IsSame((string Route, string Path) segment) =>
        segment.Route == Any ? segment.Path.Length > 0 : segment.Route.Equals(segment.Path, StringComparison.OrdinalIgnoreCase);
}

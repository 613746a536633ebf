using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Options;
using VoiceFunctions.Functions;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Security;

/// <summary>
/// Lets nobody in but where anonymous callers are allowed, and then only programs of this machine: the connection must have come in on loopback under a
/// loopback name, and no page of another origin may be behind it (DNS rebinding, cross-site requests). The peer's address and forwarded headers, which
/// a proxy or a caller can write, are not consulted.
/// </summary>
internal sealed class AccessMiddleware(IOptions<SecurityOptions> options) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext()!;
        if (context.FunctionDefinition.Name != nameof(Health))
        {
            Demand(http);
            Caller.Anonymous.Announce(http);
        }

        return next(context);
    }

    private void Demand(HttpContext http)
    {
        if (!options.Value.AllowAnonymous)
        {
            throw new ProblemException(ProblemKind.Unauthorized, "Send a key as 'Authorization: Bearer <key>' or 'x-functions-key: <key>'.");
        }

        if (http.Connection.LocalIpAddress is not { } local || !IPAddress.IsLoopback(local) || !IsLoopback(http.Request.Host.Host))
        {
            throw new ProblemException(ProblemKind.Forbidden, "Without keys only this machine is served, under the name localhost or a loopback address.");
        }

        if (http.Request.Headers.Origin is { Count: > 0 } origins && !origins.All(origin => IsSameOrigin(http.Request, origin)))
        {
            throw new ProblemException(ProblemKind.Forbidden, "Without keys no other origin is served.");
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsSameOrigin(HttpRequest request, string? origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}

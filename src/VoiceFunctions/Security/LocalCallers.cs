using System.Net;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Security;

/// <summary>
/// Who may call without a key: programs of this machine. The connection must have come in on loopback under a loopback name, and no page of another origin may
/// be behind it (DNS rebinding, cross-site requests). The peer's address and forwarded headers, which a proxy or a caller can write, are not consulted.
/// </summary>
internal static class LocalCallers
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <exception cref="ProblemException">The request may have come from elsewhere.</exception>
    public static void Demand(HttpContext http)
    {
        if (http.Connection.LocalIpAddress is not { } local || !IPAddress.IsLoopback(local) || !IsLoopback(http.Request.Host.Host))
        {
            throw new ProblemException(ProblemKind.Forbidden, "Without keys only this machine is served, under the name localhost or a loopback address.");
        }

        if (http.Request.Headers.Origin is { Count: > 0 } origins && !origins.All(origin => IsSameOrigin(http.Request, origin)))
        {
            throw new ProblemException(ProblemKind.Forbidden, "Without keys no other origin is served.");
        }

        // Pictures, sounds and links of another site come without an Origin; browsers say of those too where they come from (https://www.w3.org/TR/fetch-metadata).
        if (http.Request.Headers[FetchSite] is { Count: > 0 } sites && !sites.All(site => site is "same-origin" or "none"))
        {
            throw new ProblemException(ProblemKind.Forbidden, "Without keys no other site is served.");
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address));

    private static bool IsSameOrigin(HttpRequest request, string? origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}

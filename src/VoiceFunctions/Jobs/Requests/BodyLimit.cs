using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>The most that a body may hold. The server's own limit is that of the short routes; those of jobs raise it for themselves.</summary>
internal static class BodyLimit
{
    public static void Raise(HttpRequest http, long bytes)
    {
        if (http.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature && feature.MaxRequestBodySize < bytes)
        {
            feature.MaxRequestBodySize = bytes;
        }
    }
}

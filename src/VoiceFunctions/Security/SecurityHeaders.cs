using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Security;

/// <summary>
/// What every answer tells a browser that it may end up in: take the content for what it is called, keep none of it, and let it do nothing and be part of no page.
/// That connections are encrypted (HSTS) is the business of whoever ends them.
/// </summary>
internal static class SecurityHeaders
{
    public static void Announce(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }
}

using System.Text;
using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>A status other than 2xx with a body that echoes the request's credentials, as careless gateways do: none of it may reach a message.</summary>
internal sealed class StatusFault(int status, string? header = null, string? value = null) : Fault
{
    public override bool BeforeAnswer => true;

    internal override async Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping)
    {
        context.Response.StatusCode = status;
        if (header is not null)
        {
            context.Response.Headers[header] = value;
        }

        context.Response.ContentType = "application/json";
        var echo = string.Join(' ', context.Request.Headers.Select(pair => pair.Value.ToString())).Replace("\"", "", StringComparison.Ordinal);
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($$$"""{"error":{"message":"refused: {{{echo}}}","code":"{{{status}}}"}}"""), stopping);
    }
}

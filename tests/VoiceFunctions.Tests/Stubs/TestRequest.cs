using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Security;

namespace VoiceFunctions.Tests.Stubs;

/// <summary>Requests as Kestrel would hand them over.</summary>
internal static class TestRequest
{
    public static HttpRequest Post(string body, string? contentType = "application/json", string query = "") =>
        Post(Encoding.UTF8.GetBytes(body), contentType, query);

    public static HttpRequest Post(byte[] body, string? contentType = "application/json", string query = "")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.ContentType = contentType;
        context.Request.QueryString = new QueryString(query);
        context.Request.Body = new MemoryStream(body);
        context.Response.Body = new MemoryStream();
        Caller.Anonymous.Announce(context);
        return context.Request;
    }

    public static HttpRequest With(params (string Name, string? Value)[] headers)
    {
        var request = Post([]);
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        return request;
    }

    /// <summary>A request that came in at <paramref name="local"/> under the name <paramref name="host"/>.</summary>
    public static HttpContext Local(string host, string? local = "127.0.0.1")
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = "http";
        context.Request.Headers.Host = host;
        context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        return context;
    }

    /// <summary>Lets a request come from a tenant.</summary>
    public static HttpRequest From(this HttpRequest request, string tenant)
    {
        new Caller(tenant, "test-key", AccessRights.All).Announce(request.HttpContext);
        return request;
    }

    public static string ReadBody(this HttpResponse response)
    {
        var body = (MemoryStream)response.Body;
        return Encoding.UTF8.GetString(body.ToArray());
    }
}

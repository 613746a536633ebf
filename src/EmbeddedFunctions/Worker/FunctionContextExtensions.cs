using EmbeddedFunctions.Hosting;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    /// <summary>The request, or null when the function has no HTTP trigger or the caller runs outside the ASP.NET Core integration.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(AspNetCoreIntegration.HttpContextKey, out var value) ? value as HttpContext : null;
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

internal sealed class HttpBindings(HttpContext httpContext) : FunctionBindings
{
    public override HttpContext HttpContext { get; } = httpContext;

    public override BindingContext Context => field ??= new HttpBindingContext(HttpContext.Request);

    /// <remarks>A route value that is absent may still come from the query, since binding data holds both.</remarks>
    public override bool TryGetData(string name, [NotNullWhen(true)] out string? value)
    {
        var request = HttpContext.Request;
        value = request.RouteValues.TryGetValue(name, out var routeValue) && routeValue is not null ? routeValue.ToString()
            : request.Query.TryGetValue(name, out var queryValue) ? queryValue.ToString()
            : null;
        return value is not null;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>What goes into and comes out of one execution; a feature, so that it survives a middleware that wraps the context.</summary>
internal sealed class FunctionBindings(HttpContext httpContext)
{
    public HttpContext HttpContext { get; } = httpContext;

    public object? InvocationResult { get; set; }

    public static FunctionBindings Of(FunctionContext context) =>
        context.Features.Get<FunctionBindings>() ?? throw new InvalidOperationException("The context has no bindings: it was not made by the runtime.");
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// The step of the pipeline that brings the HttpContext in and writes the result out. It stands where the app called
/// ConfigureFunctionsWebApplication, so the order of registration decides who sees what.
/// </summary>
internal sealed class AspNetCoreIntegration
{
    /// <summary>The key that the official integration uses in FunctionContext.Items.</summary>
    public const string HttpContextKey = "HttpRequestContext";

    // Results read it and leave it as it is.
    private static readonly ActionDescriptor NoAction = new();

    private AspNetCoreIntegration()
    {
    }

    public static bool IsAddedTo(IServiceProvider services) => services.GetService<AspNetCoreIntegration>() is not null;

    public static void AddTo(FunctionsApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(AspNetCoreIntegration)))
        {
            return;
        }

        builder.Services.AddSingleton(new AspNetCoreIntegration());
        // The official integration calls AddMvc; what its results need without views, pages and binding is this part.
        builder.Services.AddMvcCore();
        builder.Use(next => context => InvokeAsync(context, next));
    }

    private static async Task InvokeAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var bindings = FunctionBindings.Of(context);
        if (bindings.HttpContext is not { } httpContext)
        {
            await next(context);
            return;
        }

        context.Items.Add(HttpContextKey, httpContext);
        await next(context);

        switch (bindings.InvocationResult)
        {
            case IActionResult result:
                await result.ExecuteResultAsync(new ActionContext(httpContext, httpContext.GetRouteData(), NoAction));
                break;
            case IResult result:
                await result.ExecuteAsync(httpContext);
                break;
        }
    }
}

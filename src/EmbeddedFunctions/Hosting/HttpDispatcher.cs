using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EmbeddedFunctions.Hosting;

/// <summary>Finds the function for a request and runs it. What fails here ends the request, never the process.</summary>
internal sealed class HttpDispatcher(IReadOnlyList<HttpFunction> functions, FunctionRunner runner)
{
    private const int StatusClientClosedRequest = 499;

    public Task InvokeAsync(HttpContext context)
    {
        var values = new RouteValueDictionary();
        foreach (var function in functions)
        {
            if (function.Route.Matches(context, values))
            {
                return function.Definition.IsDisabled ? NotFound(context) : InvokeAsync(context, function, values);
            }

            values.Clear();
        }

        return NotFound(context);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task InvokeAsync(HttpContext context, HttpFunction route, RouteValueDictionary values)
    {
        context.Request.RouteValues = values;
        context.SetEndpoint(route.Endpoint);

        var function = route.Definition;
        using var deadline = InvocationDeadline.Start(runner, function, context.Abort, context.RequestAborted);
        await using var invocation = runner.Open(function, new HttpBindings(context), deadline?.Token ?? context.RequestAborted);
        context.RequestServices = invocation.InstanceServices;

        using var scope = HostLog.BeginInvocation(function.Logger, function.Name, invocation.InvocationId);
        HostLog.Executing(function.Logger, function.Name, invocation.InvocationId);
        try
        {
            await runner.ExecuteAsync(invocation);
            HostLog.Executed(function.Logger, function.Name, invocation.InvocationId);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            HostLog.ClientGone(function.Logger, function.Name, invocation.InvocationId);
            EndWith(context, StatusClientClosedRequest);
        }
        catch (OperationCanceledException) when (deadline is { HasPassed: true })
        {
            deadline.Report();
            EndWith(context, StatusCodes.Status500InternalServerError);
        }
        catch (Exception exception)
        {
            HostLog.Failed(function.Logger, function.Name, invocation.InvocationId, exception);
            EndWith(context, StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>A response that is on its way, or partly written, cannot become another one: the client must see it break off.</summary>
    private static void EndWith(HttpContext context, int status)
    {
        var response = context.Response;
        if (response.HasStarted || response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > 0 })
        {
            context.Abort();
            return;
        }

        response.Clear();
        response.StatusCode = status;
    }
}

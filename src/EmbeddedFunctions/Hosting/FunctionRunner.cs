using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Hosting;

/// <summary>Runs functions of every kind through the middleware, each execution in a scope of its own.</summary>
internal sealed class FunctionRunner(FunctionExecutionDelegate pipeline, IServiceScopeFactory scopes, TimeSpan? timeout, TimeProvider time)
{
    /// <summary>Name and tags as in the official worker (TelemetryProviderV1_17_0). A request has ASP.NET Core's activity in its place.</summary>
    public const string ActivitySourceName = "Microsoft.Azure.Functions.Worker";

    private static readonly ActivitySource Activities = new(ActivitySourceName);

    /// <summary>Null when an execution may take for ever.</summary>
    public TimeSpan? FunctionTimeout => timeout;

    public TimeProvider Time => time;

    /// <summary>One execution, from its scope to its log, for a trigger that is no request.</summary>
    /// <returns>What the function returned, or what a middleware put in its place.</returns>
    /// <exception cref="TimeoutException">It ended because <c>functionTimeout</c> had passed. One that does not notice its cancellation is waited for.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled: the host stops, or someone else owns the work now.</exception>
    /// <exception cref="Exception">Whatever the function or a middleware throws; it has been logged.</exception>
    public async Task<object?> RunAsync(AppFunction function, TriggerData data, CancellationToken cancellationToken)
    {
        using var activity = StartActivity(Activity.Current is null ? data.Trace : default);
        using var deadline = InvocationDeadline.Start(this, function, () => HostLog.IgnoresTimeout(function.Logger, function.Name), cancellationToken);
        await using var context = Open(function, data, deadline?.Token ?? cancellationToken);
        Name(activity, context);
        using var scope = HostLog.BeginInvocation(function.Logger, function.Name, context.InvocationId);
        HostLog.Executing(function.Logger, function.Name, context.InvocationId);
        try
        {
            await pipeline(context);
            HostLog.Executed(function.Logger, function.Name, context.InvocationId);
            return data.InvocationResult;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            HostLog.Stopped(function.Logger, function.Name, context.InvocationId);
            throw;
        }
        catch (OperationCanceledException exception) when (deadline is { HasPassed: true })
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            deadline.Report();
            throw new TimeoutException($"'Functions.{function.Name}' exceeded functionTimeout of host.json.", exception);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            HostLog.Failed(function.Logger, function.Name, context.InvocationId, exception);
            throw;
        }
    }

    /// <param name="parent">Default for the current one.</param>
    public static Activity? StartActivity(ActivityContext parent) => Activities.StartActivity("Invoke", ActivityKind.Server, parent);

    public static void Name(Activity? activity, FunctionContext context) => activity?.SetTag("faas.execution", context.InvocationId);

    /// <summary>A context for an execution that its source conducts itself; disposing of it ends its scope.</summary>
    public AppFunctionContext Open(AppFunction function, FunctionBindings bindings, CancellationToken cancellationToken) =>
        new(function, bindings, scopes, cancellationToken);

    /// <summary>The middleware and the function; what it returns is in the bindings then.</summary>
    public Task ExecuteAsync(FunctionContext context) => pipeline(context);
}

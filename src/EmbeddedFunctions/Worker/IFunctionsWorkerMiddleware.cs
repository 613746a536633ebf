namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>A step around every execution. One instance serves them all: it is registered as a singleton.</summary>
public interface IFunctionsWorkerMiddleware
{
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}

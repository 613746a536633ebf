using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace VoiceFunctions.Security.Limits;

/// <summary>Keeps each caller within its limits. Whom the access middleware has let through without asking who it is has none.</summary>
internal sealed class LimitsMiddleware(CallerLimits limits) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext()!;
        if (http.Features.Get<Caller>() is not { } caller)
        {
            await next(context);
            return;
        }

        using var place = await limits.EnterAsync(caller, http.RequestAborted);
        await next(context);
    }
}

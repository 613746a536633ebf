using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Options;
using VoiceFunctions.Problems;
using VoiceFunctions.Security.Keys;

namespace VoiceFunctions.Security;

/// <summary>
/// Finds out who a request is for and whether it may be made. A key counts wherever one is sent, and a wrong one is refused even where none is needed; a caller
/// without one is let in where that is allowed, if it is of this machine.
/// </summary>
internal sealed class AccessMiddleware(IOptions<SecurityOptions> options, KeyCheck keys) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (RouteRights.IsOpen(context.FunctionDefinition.Name))
        {
            return next(context);
        }

        var http = context.GetHttpContext()!;
        if (KeyHeaders.Read(http.Request.Headers) is { } key)
        {
            var finding = keys.CheckAsync(key, http.RequestAborted);
            return finding.IsCompletedSuccessfully ? Enter(finding.Result, context, next) : EnterAsync(finding, context, next);
        }

        if (!options.Value.AllowAnonymous)
        {
            throw new ProblemException(ProblemKind.Unauthorized, "Send a key as 'Authorization: Bearer <key>' or 'x-functions-key: <key>'.");
        }

        LocalCallers.Demand(http);
        return Enter(Caller.Anonymous, context, next);
    }

    private static async Task EnterAsync(ValueTask<Caller> finding, FunctionContext context, FunctionExecutionDelegate next) => await Enter(await finding, context, next);

    private static Task Enter(Caller caller, FunctionContext context, FunctionExecutionDelegate next)
    {
        var missing = RouteRights.Of(context.FunctionDefinition.Name) & ~caller.Rights;
        if (missing != AccessRights.None)
        {
            throw new ProblemException(ProblemKind.Forbidden, $"The key lacks the right {string.Join(" and ", missing.Names().Select(right => $"'{right}'"))}.");
        }

        caller.Announce(context.GetHttpContext()!);
        return next(context);
    }
}

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Security;

namespace VoiceFunctions.Problems;

/// <summary>
/// Gives every response its request id and security headers, and turns every failure into a problem document, so that functions need no try. It writes the result too: one that
/// fails behind the middleware is, to the client of a Functions host, an empty 200.
/// </summary>
internal sealed partial class ProblemDetailsMiddleware(ILogger<ProblemDetailsMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext()!;
        RequestId.Assign(http);
        SecurityHeaders.Announce(http);
        try
        {
            await next(context);
            var returned = context.GetInvocationResult();
            if (returned.Value is IResult result)
            {
                returned.Value = null;
                await result.ExecuteAsync(http);
            }
        }
        catch (ConnectionResetException)
        {
            // Reading the body may notice that the caller has gone before RequestAborted tells.
            http.Abort();
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested && ProblemTranslation.Translate(exception) is not null)
        {
            // Nobody is there any more to be told, and what the host logs as a failure is one of the app's.
            http.Abort();
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            var problem = ProblemTranslation.Translate(exception);
            if (problem is null)
            {
                LogDefect(context.FunctionDefinition.Name, exception);
                problem = new ProblemException(ProblemKind.InternalError, "The request failed because of a defect. It has been logged under the request id.");
            }

            if (http.Response.HasStarted || http.Response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > 0 })
            {
                // Half an answer must not look like a whole one.
                http.Abort();
                return;
            }

            if (problem.Kind == ProblemKind.InternalError)
            {
                // Nor must a failure carry what a result had said of its success.
                http.Response.Clear();
                RequestId.Announce(http);
                SecurityHeaders.Announce(http);
            }

            context.GetInvocationResult().Value = new ProblemResult(problem);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Function} failed because of a defect.")]
    private partial void LogDefect(string function, Exception exception);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Tests;

/// <summary>Functions that go on until a test lets them end.</summary>
public sealed class WaitingFunctions(Signals signals)
{
    internal static Task<TestApp> StartAsync(Signals signals, TimeProvider? time = null, string hostJson = TestApp.HostJson) => TestApp.StartAsync(
        typeof(WaitingFunctions),
        builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.AddSingleton(signals);
            builder.Services.AddSingleton(time ?? TimeProvider.System);
        },
        hostJson);

    [Function("Waits")]
    public async Task<IResult> Waits([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context, CancellationToken cancellationToken)
    {
        using var cancelled = context.CancellationToken.Register(() => signals.Ended.TrySetResult(request.HttpContext.RequestAborted.IsCancellationRequested));
        signals.Started.SetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return Results.Text("not cancelled");
    }

    [Function("EndsInsideCancellation")]
    public async Task<IResult> EndsInsideCancellation([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
    {
        // Continues inside the call that cancels, unlike Task.Delay.
        var inline = new TaskCompletionSource();
        using var cancelled = cancellationToken.Register(() => inline.SetCanceled(cancellationToken));
        signals.Started.SetResult();
        await inline.Task;
        return Results.Text("not cancelled");
    }

    [Function("Ignores")]
    public async Task<IResult> Ignores([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context)
    {
        signals.Started.SetResult();
        await signals.Release.Task;
        return Results.Text($"{context.CancellationToken.IsCancellationRequested}");
    }
}

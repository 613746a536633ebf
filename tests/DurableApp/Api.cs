using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace DurableApp;

/// <summary>What a test asks of the app from outside.</summary>
public sealed class Api
{
    private const int AtATime = 32;

    /// <summary>Starts instances <c>name-0</c>, <c>name-1</c> and so on, with their numbers as inputs.</summary>
    [Function(nameof(Start))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "start/{orchestrator}/{prefix}/{count:int}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string orchestrator,
        string prefix,
        int count,
        CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (number, token) =>
            {
                object input = orchestrator == nameof(Orchestrations.Mixed) ? new Round(number, 0, 0) : number;
                await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions($"{prefix}-{number}"), token);
            });
        return Results.Ok();
    }

    /// <summary>Waits for the end of an instance and tells its output, or its status when it has none.</summary>
    [Function(nameof(Wait))]
    public async Task<IResult> Wait(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wait/{instance}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string instance,
        CancellationToken cancellationToken)
    {
        var end = await client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, cancellationToken);
        return Results.Text(end.SerializedOutput ?? $"{end.RuntimeStatus} {end.FailureDetails}");
    }

    /// <summary>How many instances there are of each status.</summary>
    [Function(nameof(Count))]
    public async Task<IResult> Count(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "count")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>();
        await foreach (var state in client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 1000)).WithCancellation(cancellationToken))
        {
            var status = $"{state.RuntimeStatus}";
            counts[status] = counts.GetValueOrDefault(status) + 1;
        }

        return Results.Json(counts);
    }
}

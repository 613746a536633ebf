using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability;

public sealed class SmokeFunctions(ClientHolder holder)
{
    [Function("client")]
    public void Client([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, [DurableClient] DurableTaskClient client) => holder.Client = client;

    [Function("Everything")]
    public static async Task<string> Everything([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var squares = await Task.WhenAll(Enumerable.Range(1, context.GetInput<int>()).Select(number => context.CallActivityAsync<int>("Square", number)));
        await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        context.SetCustomStatus("waiting");
        var name = await context.WaitForExternalEvent<string>("name");
        var greeting = await context.CallSubOrchestratorAsync<string>("Greet", name);
        return $"{greeting} {squares.Sum()}";
    }

    [Function("Greet")]
    public static async Task<string> Greet([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>("SayHello", context.GetInput<string>());

    [Function("Square")]
    public static int Square([ActivityTrigger] int number) => number * number;

    [Function("SayHello")]
    public static async Task<string> SayHello([ActivityTrigger] string name, string instanceId, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken);
        return $"Hello {name} from {(instanceId.Length > 0 ? "a child" : "nobody")}";
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability;

public sealed class ScriptFunctions(Script script)
{
    /// <summary>An orchestrator that no script has, for calls of what does not exist.</summary>
    public const string Unknown = "Nobody";

    [Function(nameof(Script.Main))]
    public Task<object?> Main([OrchestrationTrigger] TaskOrchestrationContext context) => script.Run(context);

    [Function(nameof(Script.Child))]
    public Task<object?> Child([OrchestrationTrigger] TaskOrchestrationContext context) => script.Run(context);

    [Function(nameof(Script.Grandchild))]
    public Task<object?> Grandchild([OrchestrationTrigger] TaskOrchestrationContext context) => script.Run(context);

    [Function(nameof(Script.First))]
    public Task<object?> First([ActivityTrigger] object? input) => script.Run(nameof(First), input);

    [Function(nameof(Script.Second))]
    public Task<object?> Second([ActivityTrigger] object? input) => script.Run(nameof(Second), input);

    [Function(nameof(Script.Third))]
    public Task<object?> Third([ActivityTrigger] object? input) => script.Run(nameof(Third), input);

    [Function(nameof(Script.Client))]
    public IResult Client([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        script.Client = client;
        return Results.Ok();
    }
}

using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability;

/// <summary>What the functions of <see cref="ScriptFunctions"/> do in one app: three orchestrators and three activities, written in the test itself.</summary>
public sealed class Script
{
    private static readonly JsonSerializerOptions IgnoreCase = new() { PropertyNameCaseInsensitive = true };

    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<object?, Task<object?>>> _activities = [];

    /// <summary>What the app was given by its client binding.</summary>
    public DurableTaskClient? Client { get; set; }

    public Script Main(Func<TaskOrchestrationContext, Task<object?>> body) => Orchestrator(nameof(Main), body);

    public Script Child(Func<TaskOrchestrationContext, Task<object?>> body) => Orchestrator(nameof(Child), body);

    public Script Grandchild(Func<TaskOrchestrationContext, Task<object?>> body) => Orchestrator(nameof(Grandchild), body);

    public Script First<T>(Func<T?, object?> body) => Activity<T>(nameof(First), input => Task.FromResult(body(input)));

    public Script FirstAsync<T>(Func<T?, Task<object?>> body) => Activity(nameof(First), body);

    public Script Second<T>(Func<T?, object?> body) => Activity<T>(nameof(Second), input => Task.FromResult(body(input)));

    public Script SecondAsync<T>(Func<T?, Task<object?>> body) => Activity(nameof(Second), body);

    public Script Third<T>(Func<T?, object?> body) => Activity<T>(nameof(Third), input => Task.FromResult(body(input)));

    internal Task<object?> Run(TaskOrchestrationContext context) =>
        _orchestrators.TryGetValue(context.Name, out var body)
            ? body(context)
            : throw new InvalidOperationException($"The script has no orchestrator {context.Name}.");

    internal Task<object?> Run(string activity, object? input) =>
        _activities.TryGetValue(activity, out var body)
            ? body(input)
            : throw new InvalidOperationException($"The script has no activity {activity}.");

    private Script Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> body)
    {
        _orchestrators.Add(name, body);
        return this;
    }

    private Script Activity<T>(string name, Func<T?, Task<object?>> body)
    {
        _activities.Add(name, input => body(input is JsonElement json ? json.Deserialize<T>(IgnoreCase) : default));
        return this;
    }
}

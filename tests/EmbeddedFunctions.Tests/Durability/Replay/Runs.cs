using Azure.Core.Serialization;
using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;
using EmbeddedFunctions.Durability.Runtime;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedFunctions.Tests.Durability.Replay;

/// <summary>Executions without a hub.</summary>
internal static class Runs
{
    public static readonly DateTime Time = new(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public static DataConverter Converter { get; } = new SerializerConverter(new JsonObjectSerializer());

    public static InstanceHead Head { get; } = new()
    {
        Name = "Orchestrator",
        InstanceId = "instance",
        Generation = "generation",
        Execution = 1,
        Status = InstanceStatus.Running,
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    public static OrchestrationRun Create(Func<TaskOrchestrationContext, Task<object?>> body) =>
        new(Head, Converter, run => new OrchestrationContext(run, Converter, NullLoggerFactory.Instance), body);

    /// <summary>One whose code has run until it waits for the first time.</summary>
    public static OrchestrationRun Start(Func<TaskOrchestrationContext, Task<object?>> body)
    {
        var run = Create(body);
        run.Replay([]);
        run.Apply(new HistoryEvent.EpisodeStarted(Time));
        return run;
    }

    public static OrchestrationRun Replay(Func<TaskOrchestrationContext, Task<object?>> body, params HistoryEvent[] history)
    {
        var run = Create(body);
        run.Replay([new HistoryEvent.EpisodeStarted(Time), .. history]);
        return run;
    }

    public static HistoryEvent.ActivityScheduled Activity(int taskId, string name) => new(taskId, name, null);

    public static HistoryEvent.TaskCompleted Completed(int taskId, object? result = null) => new(taskId, Payload.Of(Converter.Serialize(result)));

    public static HistoryEvent.EventRaised Raised(string name, object? value) => new(name, Payload.Of(Converter.Serialize(value)));
}

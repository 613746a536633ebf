using System.Diagnostics;
using System.Globalization;
using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Tracing;

/// <summary>
/// Spans as the official client and host report them, named and tagged as in TraceHelper and Schema of microsoft/durabletask-dotnet and Azure/durabletask.
/// A failure's message stays out of them: it may quote what the app works on.
/// </summary>
internal static class DurableSpans
{
    /// <summary>Of what on Azure is in the host's process.</summary>
    public const string HostSource = "DurableTask.Core";

    private const string Type = "durabletask.type";
    private const string Name = "durabletask.task.name";
    private const string Instance = "durabletask.task.instance_id";
    private const string Execution = "durabletask.task.execution_id";
    private const string TaskId = "durabletask.task.task_id";
    private const string Status = "durabletask.task.status";
    private const string Target = "durabletask.event.target_instance_id";
    private const string FireAt = "durabletask.fire_at";

    /// <summary>Of the client, which on Azure is in the app's process.</summary>
    private static readonly ActivitySource Client = new("Microsoft.DurableTask");

    private static readonly ActivitySource Core = new(HostSource);

    public static Activity? Schedule(string orchestrator, string instanceId) =>
        Client.StartActivity($"create_orchestration:{orchestrator}", ActivityKind.Producer)
            ?.SetTag(Type, "orchestration").SetTag(Name, orchestrator).SetTag(Instance, instanceId);

    public static Activity? Raise(string eventName, string targetId) =>
        Client.StartActivity($"orchestration_event:{eventName}", ActivityKind.Producer)
            ?.SetTag(Type, "event").SetTag(Name, eventName).SetTag(Target, targetId);

    public static Activity? StartExecution(InstanceHead head, DateTime began)
    {
        var span = StartIn(head.Trace?.Context, $"orchestration:{head.Name}", ActivityKind.Server, began)
            ?.SetTag(Type, "orchestration").SetTag(Name, head.Name).SetTag(Instance, head.InstanceId).SetTag(Execution, ExecutionId(head));
        return WithId(span, SpanIds.OfExecution(head));
    }

    public static void EndExecution(Activity span, InstanceHead head, InstanceStatus status)
    {
        span.SetTag(Status, $"{status}");
        span.SetStatus(status == InstanceStatus.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok, head.Failure?.Type);
        span.Stop();
    }

    /// <summary>A run of an activity.</summary>
    public static Activity? StartActivity(InstanceHead head, HistoryEvent.ActivityScheduled activity) =>
        Tag(StartIn(OfCall(head, activity)?.Context, $"activity:{activity.Name}", ActivityKind.Server, began: null), "activity", activity.Name, head, activity);

    /// <summary>The span of a call, which what it calls belongs to.</summary>
    public static TraceLink? OfCall(InstanceHead head, HistoryEvent.Action call) => head.Trace?.With(SpanIds.OfCall(head, call.TaskId));

    /// <summary>A call that has ended.</summary>
    public static void ReportCall(ActivityContext execution, InstanceHead head, HistoryEvent.Action call, DateTime began, Failure? failure)
    {
        var span = call switch
        {
            HistoryEvent.ActivityScheduled activity => Tag(
                StartIn(execution, $"activity:{activity.Name}", ActivityKind.Client, began), "activity", activity.Name, head, call),
            HistoryEvent.ChildScheduled child => Tag(
                StartIn(execution, $"orchestration:{child.Name}", ActivityKind.Client, began), "orchestration", child.Name, head, call),
            HistoryEvent.TimerCreated timer => Tag(
                StartIn(execution, $"orchestration:{head.Name}:timer", ActivityKind.Internal, began), "timer", head.Name, head, call)
                    ?.SetTag(FireAt, timer.DueAt.ToString("o", CultureInfo.InvariantCulture)),
            _ => null,
        };
        if (failure is not null)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Type);
        }

        WithId(span, SpanIds.OfCall(head, call.TaskId))?.Stop();
    }

    /// <summary>An event that an orchestrator has sent.</summary>
    public static void ReportSent(ActivityContext execution, InstanceHead head, HistoryEvent.EventSent sent) =>
        Tag(StartIn(execution, $"orchestration_event:{sent.Name}", ActivityKind.Producer, began: null), "event", sent.Name, head, call: null)
            ?.SetTag(Target, sent.InstanceId).Stop();

    private static Activity? StartIn(ActivityContext? trace, string name, ActivityKind kind, DateTime? began) =>
        trace is { } parent && parent != default ? Core.StartActivity(name, kind, parent, startTime: began ?? default(DateTimeOffset)) : null;

    private static Activity? Tag(Activity? span, string type, string name, InstanceHead head, HistoryEvent.Action? call)
    {
        span?.SetTag(Type, type).SetTag(Name, name).SetTag(Instance, head.InstanceId).SetTag(Execution, ExecutionId(head));
        return call is null ? span : span?.SetTag(TaskId, call.TaskId);
    }

    private static string ExecutionId(InstanceHead head) => $"{head.Generation}-{head.Execution:x}";

    private static Activity? WithId(Activity? span, ActivitySpanId id)
    {
        if (span is not null)
        {
            SpanIds.Set(span, id);
        }

        return span;
    }
}

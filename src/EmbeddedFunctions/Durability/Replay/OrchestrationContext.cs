using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>The context of one execution in memory: turns calls into actions of its run.</summary>
internal sealed class OrchestrationContext(OrchestrationRun run, DataConverter converter, ILoggerFactory loggers) : TaskOrchestrationContext
{
    private int _guids;

    public override TaskName Name => run.Head.Name;

    public override string InstanceId => run.Head.InstanceId;

    public override ParentOrchestrationInstance? Parent =>
        run.Head.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => run.Time;

    public override bool IsReplaying => run.IsReplaying;

    protected override ILoggerFactory LoggerFactory => loggers;

    public override T? GetInput<T>()
        where T : default
    {
        EnsureOnThread();
        return converter.Deserialize<T>(run.Head.Input?.Value);
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        EnsureOnThread();
        EnsureNamed(name);
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException("The input is a TaskOptions and there are no options: name the argument 'options'.", nameof(input));
        }

        var payload = converter.Serialize(input);
        return RetriedCall.InvokeAsync<TResult>(
            this,
            name,
            options?.Retry,
            converter,
            () => run.Open(new HistoryEvent.ActivityScheduled(run.NextTaskId(), name, Payload.Of(payload))));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        EnsureOnThread();
        EnsureNamed(orchestratorName);
        var payload = converter.Serialize(input);
        var instanceId = (options as SubOrchestrationOptions)?.InstanceId;
        if (!string.IsNullOrWhiteSpace(instanceId))
        {
            _ = HubKeys.Instance(instanceId);
        }

        return RetriedCall.InvokeAsync<TResult>(
            this,
            orchestratorName,
            options?.Retry,
            converter,
            () =>
            {
                var taskId = run.NextTaskId();
                var childId = string.IsNullOrWhiteSpace(instanceId) ? $"{run.Head.Generation}{run.Head.Execution:x4}:{taskId:x4}" : instanceId;
                return run.Open(new HistoryEvent.ChildScheduled(taskId, orchestratorName, childId, Payload.Of(payload)));
            });
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureOnThread();
        return WaitAsync(run.Open(new HistoryEvent.TimerCreated(run.NextTaskId(), fireAt.ToUniversalTime())), cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureOnThread();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var wait = new EventWait<T>(eventName, converter);
        run.Events.Wait(wait);
        if (cancellationToken.CanBeCanceled && !wait.Task.IsCompleted)
        {
            cancellationToken.Register(() =>
            {
                if (IsOnThread() && wait.Cancel(cancellationToken))
                {
                    run.Events.Remove(wait);
                }
            });
        }

        return wait.Task;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureOnThread();
        _ = HubKeys.Instance(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        run.Do(new HistoryEvent.EventSent(run.NextTaskId(), instanceId, eventName, Payload.Of(converter.Serialize(payload))));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureOnThread();
        run.CustomStatus = Payload.Of(converter.Serialize(customStatus));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        EnsureOnThread();
        run.NextExecution = new ContinueAsNewRequest(Payload.Of(converter.Serialize(newInput)), preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        EnsureOnThread();
        return DeterministicGuid.Create(InstanceId, CurrentUtcDateTime, _guids++);
    }

    private static void EnsureNamed(TaskName name)
    {
        if (string.IsNullOrEmpty(name.Name))
        {
            throw new ArgumentException("The name is empty.", nameof(name));
        }
    }

    private async Task WaitAsync(OpenTask timer, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() =>
        {
            if (IsOnThread())
            {
                run.Cancel(timer, cancellationToken);
            }
        });
        await timer.Task;
    }

    private bool IsOnThread()
    {
        if (!run.Thread.IsCurrent)
        {
            run.Thread.ReportForeign();
        }

        return run.Thread.IsCurrent;
    }

    private void EnsureOnThread()
    {
        if (!IsOnThread())
        {
            throw new InvalidOperationException(OrchestratorRules.IllegalAwait);
        }
    }
}

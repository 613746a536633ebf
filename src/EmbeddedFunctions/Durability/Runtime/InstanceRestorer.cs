using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;
using EmbeddedFunctions.Durability.Storage;
using EmbeddedFunctions.Durability.Tracing;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>Makes an execution in memory of what is stored, and has it resume what it waits for.</summary>
internal sealed class InstanceRestorer(HubTerm term, HubServices services, IDurableFunctions functions)
{
    public async Task<LiveExecution> RestoreAsync(InstanceHead head, string etag, StoredInstance stored, CancellationToken cancellationToken)
    {
        await services.Payloads.ReadAsync(head.Input, cancellationToken);
        await services.Payloads.LoadAsync(stored.History, cancellationToken);
        await services.Payloads.LoadAsync(stored.CarryOver?.Events ?? [], cancellationToken);

        var trace = new ExecutionTrace(head, stored.History.OfType<HistoryEvent.EpisodeStarted>().FirstOrDefault()?.Time ?? services.Clock.UtcNow);
        var call = functions.CreateOrchestratorCall(head.Name, trace.Context);
        var run = new OrchestrationRun(
            head,
            services.Converter,
            execution => new OrchestrationContext(execution, services.Converter, services.Loggers),
            context => call!.InvokeAsync(context));
        if (call is null)
        {
            run.FailBy($"There is no orchestrator function '{head.Name}', or it is disabled.");
        }

        trace.Run(() => run.Replay(stored.History));
        run.Thread.OnForeign(() => term.ReportForeign(head.InstanceId, head.Execution));
        return new LiveExecution(head, etag, run, call, trace, stored.CarryOver);
    }

    /// <summary>Starts activities that have no result, and notes timers.</summary>
    public void Resume(InstanceSession session, LiveExecution live, bool isLoaded)
    {
        var head = live.Head;
        if (isLoaded)
        {
            foreach (var activity in live.Run.OpenActions.OfType<HistoryEvent.ActivityScheduled>())
            {
                term.Run(session, head, activity);
            }
        }

        var isPending = live.Run.Time == default && head.StartAt > services.Clock.UtcNow;
        session.WaitFor(head.Execution, live.Run.OpenActions.OfType<HistoryEvent.TimerCreated>(), isPending ? head.StartAt : null);
        if (isLoaded && session.NextDue is { } due)
        {
            // It may have slept until then.
            session.TryWake(wakeKey: null, HubKeys.Timer(due, head.Generation), isNews: false);
        }
    }

    public async Task<IReadOnlyList<(HubRow Row, InboxMessage Message)>> ReadAsync(IEnumerable<HubRow> rows, CancellationToken cancellationToken)
    {
        var messages = rows.Select(row => (Row: row, Message: DurableJson.Read<InboxMessage>(row.Data))).ToList();
        foreach (var (_, message) in messages)
        {
            await services.Payloads.ReadAsync(message.Stored(), cancellationToken);
        }

        return messages;
    }
}

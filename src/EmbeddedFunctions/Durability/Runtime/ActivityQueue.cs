using System.Diagnostics;
using System.Threading.Channels;
using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Tracing;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// Runs activities, a limited number at a time. The queue is in memory: what is in it follows from history. A result goes straight to the instance, whose next
/// commit stores it; a crash before that runs the activity again, as a crash during it does.
/// </summary>
internal sealed class ActivityQueue(HubServices services, IDurableFunctions functions)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<ActivityWork> _queue = Channel.CreateUnbounded<ActivityWork>();

    public void Enqueue(ActivityWork work) => _queue.Writer.TryWrite(work);

    /// <summary>Runs what is in the queue until it is told to stop; running activities are told so too, and waited for.</summary>
    /// <param name="stopping">No activity begins after this.</param>
    /// <param name="lost">Ends the storing of results.</param>
    public Task RunAsync(CancellationToken stopping, CancellationToken lost) =>
        Task.WhenAll(Enumerable.Range(0, services.Settings.MaxActivities).Select(_ => Task.Run(() => WorkAsync(stopping, lost), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken stopping, CancellationToken lost)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stopping))
            {
                while (!stopping.IsCancellationRequested && _queue.Reader.TryRead(out var work))
                {
                    await TryRunAsync(work, stopping, lost);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || lost.IsCancellationRequested)
        {
            // What is left is found in history by whoever owns the hub next.
        }
    }

    private async Task TryRunAsync(ActivityWork work, CancellationToken stopping, CancellationToken lost)
    {
        try
        {
            await RunAsync(work, stopping, lost);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Its result could not be stored, for another reason than storage being away. It has no result, so it runs again.
            HubLog.PartFailed(services.Logger, services.Settings.HubName, exception);
            await Task.Delay(Pause, services.Clock.Provider, stopping);
            Enqueue(work);
        }
    }

    private async Task RunAsync(ActivityWork work, CancellationToken stopping, CancellationToken lost)
    {
        var (session, head, activity) = work;
        var result = await InvokeAsync(head, activity, stopping);
        if (result is null)
        {
            return;
        }

        if (result is HistoryEvent.TaskCompleted completed)
        {
            result = completed with { Result = await services.Payloads.StoreAsync(completed.Result, head.InstanceId, head.Generation, lost) };
        }

        session.Post(head.Execution, result, endsActivity: true);
    }

    /// <returns>Null when it was interrupted because the process stops, and must run again.</returns>
    private async Task<HistoryEvent?> InvokeAsync(InstanceHead head, HistoryEvent.ActivityScheduled activity, CancellationToken stopping)
    {
        using var span = DurableSpans.StartActivity(head, activity);
        try
        {
            if (functions.CreateActivityCall(activity.Name) is not { } call)
            {
                var missing = Failure.Of(new InvalidOperationException($"There is no activity function '{activity.Name}', or it is disabled."));
                return new HistoryEvent.TaskFailed(activity.TaskId, missing with { IsFinal = true });
            }

            var input = await services.Payloads.ReadAsync(activity.Input, stopping);
            var output = await call.InvokeAsync(head.InstanceId, input, DurableSpans.OfCall(head, activity)?.Context ?? default, stopping);
            return new HistoryEvent.TaskCompleted(activity.TaskId, Payload.Of(services.Converter.Serialize(output)));
        }
        catch (Exception exception)
        {
            if (stopping.IsCancellationRequested)
            {
                HubLog.ActivityInterrupted(services.Logger, activity.Name, head.InstanceId);
                return null;
            }

            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().FullName);
            return new HistoryEvent.TaskFailed(activity.TaskId, Failure.Of(exception));
        }
    }
}

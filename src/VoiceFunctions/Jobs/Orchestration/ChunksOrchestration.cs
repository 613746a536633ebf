using Microsoft.DurableTask;
using VoiceFunctions.Functions;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>
/// Makes chunks of a job: a bounded number at a time, each on its own way from target to target. More than <see cref="MaxChildren"/> are divided among
/// orchestrations of their own, one after the other, so that a history stays short and the bound holds for the whole job.
/// </summary>
internal sealed class ChunksOrchestration
{
    /// <summary>The event by which a caller calls a job off.</summary>
    public const string Cancel = "cancel";

    /// <summary>Chunks, or orchestrations, that one orchestration has.</summary>
    public const int MaxChildren = 64;

    private readonly TaskOrchestrationContext _context;
    private readonly ChunksInput _input;
    private readonly ChunkLedger _ledger;
    private readonly CancellationTokenSource _stopping;
    private ChunksEnd? _end;

    private ChunksOrchestration(TaskOrchestrationContext context, ChunksInput input, ChunkLedger ledger, CancellationTokenSource stopping) =>
        (_context, _input, _ledger, _stopping) = (context, input, ledger, stopping);

    private DateTimeOffset Now => new(_context.CurrentUtcDateTime, TimeSpan.Zero);

    public static async Task<ChunksEnd> RunAsync(TaskOrchestrationContext context)
    {
        var input = context.GetInput<ChunksInput>()!;
        if (input.Count > MaxChildren)
        {
            return await DivideAsync(context, input);
        }

        using var ledger = new ChunkLedger(context, input);
        using var stopping = new CancellationTokenSource();
        var orchestration = new ChunksOrchestration(context, input, ledger, stopping);
        try
        {
            return await orchestration.MakeAsync();
        }
        catch (TaskFailedException)
        {
            // An orchestration has not ended before its timers have, and some may be hours away.
            orchestration.Stop(new ChunksEnd(ledger.Tally));
            ledger.Abandon();
            throw;
        }
    }

    /// <summary>Runs a child and passes on to it that the job is called off.</summary>
    public static async Task<ChunksEnd> CallAsync(TaskOrchestrationContext context, string child, ChunksInput input, Task cancelled)
    {
        var running = context.CallSubOrchestratorAsync<ChunksEnd>(nameof(JobChunks), input, new SubOrchestrationOptions { InstanceId = $"{context.InstanceId}-{child}" });
        if (await Task.WhenAny(running, cancelled) != running)
        {
            // If it comes too early to be heard, the first chunk to look at the job's record finds the same there.
            context.SendEvent($"{context.InstanceId}-{child}", Cancel, Cancel);
        }

        return await running;
    }

    private static async Task<ChunksEnd> DivideAsync(TaskOrchestrationContext context, ChunksInput input)
    {
        var cancelled = context.WaitForExternalEvent<string?>(Cancel);
        var size = MaxChildren;
        while (size * MaxChildren < input.Count)
        {
            size *= MaxChildren;
        }

        var end = new ChunksEnd(input.Tally);
        for (var done = 0; done < input.Count && end.IsComplete; done += size)
        {
            var part = input with { First = input.First + done, Count = Math.Min(size, input.Count - done), Tally = end.Tally };
            end = await CallAsync(context, $"{done / size}", part, cancelled);
        }

        return end;
    }

    private async Task<ChunksEnd> MakeAsync()
    {
        var chunks = await _context.CallActivityAsync<IReadOnlyList<JobChunk>>(
            nameof(ReadChunks), new ChunkList(_input.Job, _input.Targets[0].Split, _input.First, _input.Count), JobOrchestration.UntilItIsBack);
        var cancelled = _context.WaitForExternalEvent<string?>(Cancel);
        List<Task> running = [];
        foreach (var chunk in chunks)
        {
            await MakeRoomAsync(_input.Rules.InFlight - 1);
            if (_end is not null)
            {
                break;
            }

            running.Add(MakeAsync(chunk));
        }

        await MakeRoomAsync(0);
        await _ledger.CloseAsync();
        return (_end ?? new ChunksEnd(_ledger.Tally)) with { Tally = _ledger.Tally };

        async Task MakeRoomAsync(int left)
        {
            while (running.Count > left)
            {
                var first = await Task.WhenAny(_end is null ? [.. running, cancelled] : running);
                if (first == cancelled)
                {
                    Stop(new ChunksEnd(_ledger.Tally) { Stop = JobStop.Cancelled });
                    continue;
                }

                running.Remove(first);
                await first;
            }
        }
    }

    private async Task MakeAsync(JobChunk chunk)
    {
        var walk = new ChunkWalk(_input.Targets, _input.Rules, _input.Tries, chunk.Number);
        var outages = 0;
        while (_end is null)
        {
            switch (walk.Next(Now))
            {
                case ChunkStep.Try(var target):
                    var outcome = await _context.CallActivityAsync<ChunkOutcome>(_input.Activity, new ChunkCall(_input.Job, target, chunk));
                    _ledger.Note(outcome);
                    if (outcome.Stop is { } stop)
                    {
                        Stop(new ChunksEnd(_ledger.Tally) { Stop = stop });
                    }
                    else if (outcome.IsStorageAway)
                    {
                        await WaitAsync(Now + _input.Rules.DelayAfter(++outages));
                    }
                    else if (outcome.Failure is null)
                    {
                        return;
                    }
                    else
                    {
                        walk.Failed(target, outcome, Now);
                    }

                    break;

                case ChunkStep.Wait(var until):
                    await WaitAsync(until);
                    break;

                case ChunkStep.GiveUp when walk.Failures.All(failure => failure.Kind == ProviderFailureKind.NotRecognised):
                    // As in a short recording: that somebody spoke is known, and what was said is not. One such stretch is no reason to throw away hours.
                    _ledger.NoteUnheard(chunk);
                    return;

                default:
                    Stop(new ChunksEnd(_ledger.Tally) { Failure = new ChunkFailure(chunk, [.. walk.Failures]) });
                    break;
            }
        }
    }

    /// <summary>No further chunk begins, and none goes on waiting. What is under way ends in its own time: it may be paid for.</summary>
    private void Stop(ChunksEnd end)
    {
        _end ??= end;
        // An awaited CancelAsync would leave the orchestrator's thread.
        _stopping.Cancel();
    }

    private async Task WaitAsync(DateTimeOffset until)
    {
        var inTime = until < _input.Deadline;
        try
        {
            await _context.CreateTimer((inTime ? until : _input.Deadline).UtcDateTime, _stopping.Token);
        }
        catch (TaskCanceledException)
        {
            return;
        }

        if (!inTime)
        {
            Stop(new ChunksEnd(_ledger.Tally) { Stop = JobStop.DeadlineExceeded });
        }
    }
}

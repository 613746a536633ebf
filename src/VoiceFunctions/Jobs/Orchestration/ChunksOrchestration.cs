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
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _closing;
    private readonly List<SpeechAttempt> _unreported = [];
    private JobTally _tally;
    private ChunksEnd? _end;
    private DateTime _reportDue;
    private bool _hasNews;
    private Task _report = Task.CompletedTask;

    private ChunksOrchestration(TaskOrchestrationContext context, ChunksInput input, CancellationTokenSource stopping, CancellationTokenSource closing)
    {
        (_context, _input, _stopping, _closing, _tally) = (context, input, stopping, closing, input.Tally);
        _reportDue = context.CurrentUtcDateTime + input.Rules.ReportInterval;
    }

    public static async Task<ChunksEnd> RunAsync(TaskOrchestrationContext context)
    {
        var input = context.GetInput<ChunksInput>()!;
        if (input.Count > MaxChildren)
        {
            return await DivideAsync(context, input);
        }

        using var stopping = new CancellationTokenSource();
        using var closing = new CancellationTokenSource();
        return await new ChunksOrchestration(context, input, stopping, closing).MakeAsync();
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
        await CloseAsync();
        return (_end ?? new ChunksEnd(_tally)) with { Tally = _tally };

        async Task MakeRoomAsync(int left)
        {
            while (running.Count > left)
            {
                var first = await Task.WhenAny(_end is null ? [.. running, cancelled] : running);
                if (first == cancelled)
                {
                    Stop(new ChunksEnd(_tally) { Stop = JobStop.Cancelled });
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
                    Note(outcome);
                    if (outcome.Stop is { } stop)
                    {
                        Stop(new ChunksEnd(_tally) { Stop = stop });
                    }
                    else if (outcome.IsStorageAway)
                    {
                        await WaitAsync(Now + _input.Rules.DelayAfter(++outages));
                    }
                    else if (outcome.Failure is null)
                    {
                        _tally = _tally with { Done = _tally.Done + 1 };
                        Report();
                        return;
                    }
                    else
                    {
                        walk.Failed(target, outcome, Now);
                        Report();
                    }

                    break;

                case ChunkStep.Wait(var until):
                    await WaitAsync(until);
                    break;

                case ChunkStep.GiveUp when walk.Failures.All(failure => failure.Kind == ProviderFailureKind.NotRecognised):
                    // As in a short recording: that somebody spoke is known, and what was said is not. One such stretch is no reason to throw away hours.
                    _tally = _tally with { Done = _tally.Done + 1, Unheard = [.. _tally.Unheard, chunk.Number] };
                    Report();
                    return;

                default:
                    Stop(new ChunksEnd(_tally) { Failure = new ChunkFailure(chunk, [.. walk.Failures]) });
                    break;
            }
        }
    }

    private DateTimeOffset Now => new(_context.CurrentUtcDateTime, TimeSpan.Zero);

    private void Note(ChunkOutcome outcome)
    {
        _unreported.AddRange(outcome.Attempts);
        _tally = _tally with { Attempts = _tally.Attempts + outcome.Attempts.Count, CostUsd = _tally.CostUsd + outcome.CostUsd };
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
            Stop(new ChunksEnd(_tally) { Stop = JobStop.DeadlineExceeded });
        }
    }

    /// <summary>
    /// Sees to it that what has been noted is reported: at once, or when the interval since the last report is over, so that the record of a job is written at a
    /// rate that does not grow with its chunks, and is right also while all of them wait.
    /// </summary>
    private void Report()
    {
        _hasNews = true;
        if (_report.IsCompletedSuccessfully)
        {
            _report = ReportNewsAsync();
        }
    }

    private async Task ReportNewsAsync()
    {
        // What is noted while a report is under way is for the next one.
        while (_hasNews)
        {
            if (_context.CurrentUtcDateTime < _reportDue)
            {
                try
                {
                    await _context.CreateTimer(_reportDue, _closing.Token);
                }
                catch (TaskCanceledException)
                {
                    return;
                }
            }

            await ReportNowAsync();
        }
    }

    private Task ReportNowAsync()
    {
        _hasNews = false;
        _reportDue = _context.CurrentUtcDateTime + _input.Rules.ReportInterval;
        var progress = new JobProgress(_input.Job, _tally, _input.Targets[0].Chunks, [.. _unreported]);
        _unreported.Clear();
        return _context.CallActivityAsync(nameof(ReportProgress), progress, JobOrchestration.UntilItIsBack);
    }

    private async Task CloseAsync()
    {
        _closing.Cancel();
        await _report;
        await ReportNowAsync();
    }
}

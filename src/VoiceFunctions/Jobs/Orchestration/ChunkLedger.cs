using Microsoft.DurableTask;
using VoiceFunctions.Functions;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>
/// What has been done for a job, and the reports of it: at once, or when the interval since the last one is over, so that the record of a job is written at a rate
/// that does not grow with its chunks, and is right also while all of them wait.
/// </summary>
internal sealed class ChunkLedger : IDisposable
{
    private readonly TaskOrchestrationContext _context;
    private readonly ChunksInput _input;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<SpeechAttempt> _unreported = [];
    private DateTime _due;
    private bool _hasNews;
    private Task _report = Task.CompletedTask;

    public ChunkLedger(TaskOrchestrationContext context, ChunksInput input)
    {
        (_context, _input, Tally) = (context, input, input.Tally);
        _due = context.CurrentUtcDateTime + input.Rules.ReportInterval;
    }

    public JobTally Tally { get; private set; }

    /// <summary>Takes in what came of an attempt.</summary>
    public void Note(ChunkOutcome outcome)
    {
        _unreported.AddRange(outcome.Attempts);
        var done = outcome is { Failure: null, Stop: null, IsStorageAway: false } ? 1 : 0;
        Tally = Tally with { Done = Tally.Done + done, Attempts = Tally.Attempts + outcome.Attempts.Count, CostUsd = Tally.CostUsd + outcome.CostUsd };
        Report();
    }

    /// <summary>Takes in that nobody could make out what is said in a chunk.</summary>
    public void NoteUnheard(JobChunk chunk)
    {
        Tally = Tally with { Done = Tally.Done + 1, Unheard = [.. Tally.Unheard, chunk.Number] };
        Report();
    }

    /// <summary>Reports the rest.</summary>
    public async Task CloseAsync()
    {
        Abandon();
        await _report;
        await ReportNowAsync();
    }

    /// <summary>Waits for no further report.</summary>
    // An awaited CancelAsync would leave the orchestrator's thread.
    public void Abandon() => _closing.Cancel();

    public void Dispose() => _closing.Dispose();

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
            if (_context.CurrentUtcDateTime < _due)
            {
                try
                {
                    await _context.CreateTimer(_due, _closing.Token);
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
        _due = _context.CurrentUtcDateTime + _input.Rules.ReportInterval;
        var progress = new JobProgress(_input.Job, Tally, _input.Targets[0].Chunks, [.. _unreported]);
        _unreported.Clear();
        return _context.CallActivityAsync(nameof(ReportProgress), progress, JobOrchestration.UntilItIsBack);
    }
}

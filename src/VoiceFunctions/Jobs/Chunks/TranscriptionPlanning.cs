using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Plans a recognition as a short call is planned, and cuts its recording into pieces that every target of the plan takes.</summary>
public sealed class TranscriptionPlanning
{
    private readonly JobWatch _watch;
    private readonly JobReports _reports;
    private readonly JobBlobs _blobs;
    private readonly ChunkStore _chunks;
    private readonly RecognitionPlanner _planner;
    private readonly RecordingSplitter _splitter;
    private readonly IOptions<ChunkOptions> _options;

    internal TranscriptionPlanning(
        JobWatch watch, JobReports reports, JobBlobs blobs, ChunkStore chunks, RecognitionPlanner planner, RecordingSplitter splitter, IOptions<ChunkOptions> options) =>
        (_watch, _reports, _blobs, _chunks, _planner, _splitter, _options) = (watch, reports, blobs, chunks, planner, splitter, options);

    public Task<JobPlan> PlanAsync(JobReference reference, CancellationToken cancellationToken) =>
        _watch.RunAsync(reference, (job, token) => PlanAsync(reference, job, token), stop => new JobPlan { Stop = stop }, cancellationToken);

    private async Task<JobPlan> PlanAsync(JobReference reference, Job job, CancellationToken cancellationToken)
    {
        await _reports.BeginAsync(job, JobStage.Plan, cancellationToken);
        try
        {
            var plan = _planner.Plan(recording: null, JobCalls.Recognition(job));
            var pieces = await SplitAsync(reference, job, plan, cancellationToken);
            await _reports.PlannedAsync(job, pieces, cancellationToken);
            return new JobPlan
            {
                Targets = [.. plan.Select((target, number) => new JobTarget(number, target.Provider.Name, target.Model.Id, Split: 0, pieces)
                {
                    Language = target.Language,
                    CanDoMoreThan = [.. Enumerable.Range(0, number).Where(other => target.CanDoMoreThan(plan[other], AudioContainer.Wav))],
                })],
            };
        }
        catch (Exception exception) when (JobStop.Of(exception) is not null)
        {
            return new JobPlan { Stop = JobStop.Of(exception) };
        }
    }

    private async Task<int> SplitAsync(JobReference reference, Job job, IReadOnlyList<RecognitionTarget> plan, CancellationToken cancellationToken)
    {
        // A provider tells the speakers of one piece apart, and not which of them is who in the next.
        var wanted = job.Transcription!.Recognition.Diarize ? PieceLimits.Longest : _options.Value.PieceDuration;
        var limits = PieceLimits.For(plan.Select(target => target.Model), wanted);
        await using var source = await _blobs.StreamAsync(job.Source, cancellationToken);
        var split = await _splitter.SplitAsync(
            source, limits, (piece, token) => _blobs.WriteAsync(_chunks.Piece(reference, piece.Number), piece, "audio/wav", token), cancellationToken);
        var chunks = split.Pieces.Select((span, number) => new JobChunk(number, span.Start, span.Length) { Overlap = span.Overlap });
        await _chunks.WriteManifestAsync(reference, split: 0, new JobManifest([.. chunks]) { Samples = split.Samples }, cancellationToken);
        return split.Pieces.Count;
    }
}

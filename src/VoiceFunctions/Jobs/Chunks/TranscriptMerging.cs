using System.Text.Json;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Jobs.Transcripts;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Makes the transcript of a recording out of those of its pieces: <c>transcript.json</c>, <c>.txt</c>, <c>.srt</c>, <c>.vtt</c>, as asked for.</summary>
public sealed class TranscriptMerging
{
    private readonly JobWatch _watch;
    private readonly JobReports _reports;
    private readonly ChunkStore _chunks;
    private readonly ResultFiles _results;

    internal TranscriptMerging(JobWatch watch, JobReports reports, ChunkStore chunks, ResultFiles results) =>
        (_watch, _reports, _chunks, _results) = (watch, reports, chunks, results);

    public Task<StitchEnd> MergeAsync(StitchCall call, CancellationToken cancellationToken) =>
        _watch.RunAsync(call.Job, (job, token) => MergeAsync(call, job, token), stop => new StitchEnd { Stop = stop }, cancellationToken);

    private async Task<StitchEnd> MergeAsync(StitchCall call, Job job, CancellationToken cancellationToken)
    {
        await _reports.BeginAsync(job, JobStage.Stitch, cancellationToken);
        var manifest = await _chunks.ReadManifestAsync(call.Job, split: 0, cancellationToken);
        var pieces = await ReadAsync(call, manifest, cancellationToken);
        var transcript = TranscriptMerger.Merge(pieces, (double)manifest.Samples / SileroVad.SampleRate);
        if (call.Unheard.Count > 0 && transcript.Text.Length == 0)
        {
            return new StitchEnd { Stop = JobStop.Failed(ProblemKind.NotRecognised, "There is speech in the recording, and no provider could make it out.") };
        }

        var results = new List<JobResult>();
        foreach (var output in job.Transcription!.Outputs.Distinct())
        {
            try
            {
                var file = TranscriptFile.Write(transcript, output, job.Id, job.Attempts, job.CostUsd);
                results.Add(await _results.WriteAsync(job, TranscriptFile.Name(output), TranscriptFile.MediaType(output), file, cancellationToken));
            }
            catch (ProblemException problem)
            {
                return new StitchEnd { Stop = JobStop.Of(problem) };
            }
        }

        return new StitchEnd { Results = results, Inaudible = transcript.Inaudible.Count > 0 ? [.. transcript.Inaudible.Take(JobRow.MaxInaudible)] : null };
    }

    private async Task<IReadOnlyList<PieceTranscript>> ReadAsync(StitchCall call, JobManifest manifest, CancellationToken cancellationToken)
    {
        var located = await _chunks.LocateAsync(call, cancellationToken);
        var pieces = new PieceTranscript[located.Count];
        for (var number = 0; number < pieces.Length; number++)
        {
            var chunk = manifest.Chunks[number];
            pieces[number] = located[number] is { } blob
                ? JsonSerializer.Deserialize((await blob.DownloadContentAsync(cancellationToken)).Value.Content, TranscriptJson.Default.PieceTranscript)!
                : PieceTranscript.NotRecognised(new PieceSpan(chunk.Start, chunk.Length, chunk.Overlap));
        }

        return pieces;
    }
}

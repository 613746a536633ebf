using System.Runtime.ExceptionServices;
using System.Text;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Stitching;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Jobs.Text;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Makes one file of a job's chunks, and captions of their lengths: <c>audio.{format}</c>, <c>captions.srt</c>, <c>captions.vtt</c>.</summary>
public sealed class SpeechStitching
{
    private readonly JobWatch _watch;
    private readonly JobReports _reports;
    private readonly ChunkStore _chunks;
    private readonly ResultFiles _results;
    private readonly AudioStitcher _stitcher;

    internal SpeechStitching(JobWatch watch, JobReports reports, ChunkStore chunks, ResultFiles results, AudioStitcher stitcher) =>
        (_watch, _reports, _chunks, _results, _stitcher) = (watch, reports, chunks, results, stitcher);

    public Task<StitchEnd> StitchAsync(StitchCall call, CancellationToken cancellationToken) =>
        _watch.RunAsync(call.Job, (job, token) => StitchAsync(call, job, token), stop => new StitchEnd { Stop = stop }, cancellationToken);

    private async Task<StitchEnd> StitchAsync(StitchCall call, Job job, CancellationToken cancellationToken)
    {
        await _reports.BeginAsync(job, JobStage.Stitch, cancellationToken);
        var (format, rate) = (job.Synthesis!.AudioFormat!.Value, call.Targets[0].SampleRate!.Value);
        var located = await _chunks.LocateAsync(call, cancellationToken);
        ChunkAudio[] chunks = [.. located.Select(chunk => new ChunkAudio(token => chunk!.OpenReadAsync(cancellationToken: token)))];
        var (audio, stitched) = await _results.WriteAsync(
            job,
            $"audio.{AudioFormats.Name(format)}",
            AudioFormats.MediaType(format, rate),
            (file, token) => StitchAsync(chunks, format, rate, file, token),
            cancellationToken);
        return new StitchEnd { Results = job.Synthesis.Captions is true ? [audio, .. await CaptionAsync(call, job, stitched, cancellationToken)] : [audio] };
    }

    private async Task<StitchedAudio> StitchAsync(ChunkAudio[] chunks, AudioFormat format, int rate, Stream file, CancellationToken cancellationToken)
    {
        try
        {
            return await _stitcher.StitchAsync(chunks, format, rate, file, cancellationToken);
        }
        catch (StitchException exception) when (exception.InnerException is { } cause && StorageFailure.Is(cause, cancellationToken))
        {
            // The chunk is all right; storage is away, and will be back.
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    private async Task<JobResult[]> CaptionAsync(StitchCall call, Job job, StitchedAudio stitched, CancellationToken cancellationToken)
    {
        var words = await _chunks.ReadWordsAsync(call.Job, call.Targets[0].Split, cancellationToken);
        var cues = ChunkCaptions.Cues(words, stitched, call.Targets[0].Language);
        return
        [
            await _results.WriteAsync(job, "captions.srt", "application/x-subrip; charset=utf-8", Encoding.UTF8.GetBytes(Captions.ToSrt(cues)), cancellationToken),
            await _results.WriteAsync(job, "captions.vtt", "text/vtt; charset=utf-8", Encoding.UTF8.GetBytes(Captions.ToVtt(cues)), cancellationToken),
        ];
    }
}

using System.Text;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Jobs.Text;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Plans a synthesis as a short call is planned, and splits its text: for a file of one voice to what each target takes, else to what all of them take.</summary>
public sealed class SynthesisPlanning
{
    private readonly JobWatch _watch;
    private readonly JobReports _reports;
    private readonly JobBlobs _blobs;
    private readonly ChunkStore _chunks;
    private readonly SynthesisPlanner _planner;

    internal SynthesisPlanning(JobWatch watch, JobReports reports, JobBlobs blobs, ChunkStore chunks, SynthesisPlanner planner) =>
        (_watch, _reports, _blobs, _chunks, _planner) = (watch, reports, blobs, chunks, planner);

    public Task<JobPlan> PlanAsync(JobReference reference, CancellationToken cancellationToken) =>
        _watch.RunAsync(reference, (job, token) => PlanAsync(reference, job, token), stop => new JobPlan { Stop = stop }, cancellationToken);

    private async Task<JobPlan> PlanAsync(JobReference reference, Job job, CancellationToken cancellationToken)
    {
        await _reports.BeginAsync(job, JobStage.Plan, cancellationToken);
        try
        {
            var source = await ReadAsync(job, cancellationToken);
            var text = job.Synthesis!.Ssml is true ? source : TextCleaner.Clean(source);
            var targets = await SplitAsync(reference, job, text, _planner.Plan(text, JobCalls.Synthesis(job), inPieces: true), cancellationToken);
            await _reports.PlannedAsync(job, targets[0].Chunks, cancellationToken);
            return new JobPlan { Targets = targets };
        }
        catch (Exception exception) when (JobStop.Of(exception) is not null)
        {
            return new JobPlan { Stop = JobStop.Of(exception) };
        }
    }

    private async Task<string> ReadAsync(Job job, CancellationToken cancellationToken)
    {
        await using var source = await _blobs.OpenReadAsync(job.Source, cancellationToken);
        using var reader = new StreamReader(source, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<JobTarget>> SplitAsync(
        JobReference reference, Job job, string text, IReadOnlyList<SynthesisTarget> plan, CancellationToken cancellationToken)
    {
        var request = job.Synthesis!;
        var isOneVoice = request.Consistency is not VoiceConsistency.Speed;
        var kinds = plan.Select(target => target.Model).DistinctBy(model => (model.Limit, model.RequestLimit)).ToList();
        List<IReadOnlyList<ProviderLimit>> limits = isOneVoice
            ? [.. kinds.Select(model => model.Limits)]
            : [[.. plan.SelectMany(target => target.Model.Limits).Distinct()]];
        var counts = new int[limits.Count];
        for (var split = 0; split < counts.Length; split++)
        {
            var chunks = TextSplitter.Split(text, limits[split], plan[0].Language, request.Ssml ?? false, request.Captions is true ? ChunkCaptions.MaxCharacters : null);
            if (chunks.Count == 0)
            {
                throw ProblemException.InvalidField("text", "has nothing to say.");
            }

            await StoreAsync(reference, split, chunks, cancellationToken);
            counts[split] = chunks.Count;
        }

        // All chunks of a file have one rate, whoever speaks them.
        int Rate(SynthesisTarget target) => request.SampleRate ?? AudioFormats.RateFor(request.AudioFormat!.Value, (isOneVoice ? target : plan[0]).Model.SampleRate);

        var call = JobCalls.Synthesis(job).GetCall();
        return [.. plan.Select((target, number) =>
        {
            var split = isOneVoice ? kinds.FindIndex(model => (model.Limit, model.RequestLimit) == (target.Model.Limit, target.Model.RequestLimit)) : 0;
            return new JobTarget(number, target.Provider.Name, target.Model.Id, split, counts[split])
            {
                Voice = target.Voice.Id,
                Language = target.Language,
                Speed = target.Speed,
                SampleRate = Rate(target),
                CanDoMoreThan = [.. Enumerable.Range(0, number).Where(other => target.CanDoMoreThan(plan[other], call))],
            };
        })];
    }

    private async Task StoreAsync(JobReference reference, int split, IReadOnlyList<TextChunk> chunks, CancellationToken cancellationToken)
    {
        using var texts = new MemoryStream();
        var listed = new JobChunk[chunks.Count];
        for (var number = 0; number < listed.Length; number++)
        {
            var bytes = Encoding.UTF8.GetBytes(chunks[number].Text);
            listed[number] = new JobChunk(number, chunks[number].Start, chunks[number].Length) { Offset = texts.Length, Bytes = bytes.Length };
            texts.Write(bytes);
        }

        texts.Position = 0;
        await _blobs.WriteAsync(_chunks.Texts(reference, split), texts, "text/plain; charset=utf-8", cancellationToken);
        var words = chunks.Any(chunk => chunk.Words != chunk.Text) ? chunks.Select(chunk => chunk.Words).ToList() : null;
        await _chunks.WriteManifestAsync(reference, split, new JobManifest(listed) { Words = words }, cancellationToken);
    }
}

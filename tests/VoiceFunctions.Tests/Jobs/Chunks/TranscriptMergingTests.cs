using System.Text.Json;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Jobs.Transcripts;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs.Chunks;

public sealed class TranscriptMergingTests(JobAccount account) : IClassFixture<JobAccount>
{
    private const int PieceSamples = 5 * SileroVad.SampleRate;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MergeAsync_PieceThatNobodyMadeOut_IsToldWithTheJob()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(Job(bench), Cancelled);

        var end = await MergeAsync(bench, job, "Hello.", null, "Bye.");
        await bench.Get<JobEnding>().PublishAsync(new PublishCall(Reference(job), end.Results) { Inaudible = end.Inaudible }, Cancelled);

        var told = await bench.GetAsync(job.Id);
        Assert.Equal("succeeded", (string?)told["status"]);
        Assert.Equal("""[{"start":5,"end":10}]""", told["inaudible"]!.ToJsonString());
        Assert.Equal("""[{"start":5,"end":10}]""", (await bench.ListAsync())["jobs"]![0]!["inaudible"]!.ToJsonString());
    }

    [Fact]
    public async Task MergeAsync_EverythingMadeOut_TellsOfNothing()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(Job(bench), Cancelled);

        var end = await MergeAsync(bench, job, "Hello.", "", "Bye.");
        await bench.Get<JobEnding>().PublishAsync(new PublishCall(Reference(job), end.Results) { Inaudible = end.Inaudible }, Cancelled);

        Assert.False((await bench.GetAsync(job.Id)).AsObject().ContainsKey("inaudible"));
    }

    [Fact]
    public async Task MergeAsync_MorePiecesThanARecordHolds_TellsOfTheFirst()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(Job(bench), Cancelled);
        string?[] heard = [.. Enumerable.Repeat((string?)null, JobRow.MaxInaudible + 1), "Bye."];

        // Every other piece is left out as silence.
        var end = await MergeAsync(bench, job, PieceSamples * 2, heard);

        Assert.Equal(JobRow.MaxInaudible, end.Inaudible!.Count);
        Assert.Equal((0, 5), (end.Inaudible[0].Start, end.Inaudible[0].End));
    }

    // As a short call, which fails when none of the speech in it is made out, whatever silence is around it.
    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "")]
    public async Task MergeAsync_NothingMadeOut_FailsTheJob(params string?[] heard)
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(Job(bench), Cancelled);

        var end = await MergeAsync(bench, job, heard);

        Assert.Equal("not_recognised", end.Stop?.Code);
        Assert.Empty(end.Results);
    }

    private static Job Job(JobBench bench) =>
        bench.Job(kind: JobKind.Stt) with { Transcription = new TranscriptionJobRequest { Recognition = new(), Outputs = [TranscriptOutput.Txt] } };

    private static JobReference Reference(Job job) => new(job.Tenant, job.Id);

    private static Task<StitchEnd> MergeAsync(JobBench bench, Job job, params string?[] heard) => MergeAsync(bench, job, PieceSamples, heard);

    /// <param name="bench">Where.</param>
    /// <param name="job">Whose pieces.</param>
    /// <param name="step">Samples from the beginning of a piece to that of the next.</param>
    /// <param name="heard">What was heard in each; <see langword="null"/> when nobody made it out.</param>
    private static async Task<StitchEnd> MergeAsync(JobBench bench, Job job, int step, string?[] heard)
    {
        var store = bench.Get<ChunkStore>();
        JobChunk[] chunks = [.. heard.Select((_, number) => new JobChunk(number, (long)number * step, PieceSamples))];
        var target = new JobTarget(0, "a", "ear", Split: 0, chunks.Length);
        await store.WriteManifestAsync(Reference(job), split: 0, new JobManifest(chunks) { Samples = (long)chunks.Length * step }, Cancelled);
        foreach (var chunk in chunks.Where(chunk => heard[chunk.Number] is not null))
        {
            var outcome = new SpeechOutcome { Provider = "a", Model = "ear" };
            var piece = PieceTranscript.Of(new PieceSpan(chunk.Start, chunk.Length, chunk.Overlap), heard[chunk.Number]!, outcome);
            var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(piece, TranscriptJson.Default.PieceTranscript));
            await store.StoreAsync(new ChunkCall(Reference(job), target, chunk), content, new ChunkOutcome(), Cancelled);
        }

        int[] unheard = [.. chunks.Select(chunk => chunk.Number).Where(number => heard[number] is null)];
        return await bench.Get<TranscriptMerging>().MergeAsync(new StitchCall(Reference(job), [target], unheard), Cancelled);
    }
}

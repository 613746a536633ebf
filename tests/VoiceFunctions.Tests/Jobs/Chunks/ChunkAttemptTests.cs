using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs.Chunks;

public sealed class ChunkAttemptTests(JobAccount account) : IClassFixture<JobAccount>
{
    private const decimal Price = 0.25m;

    private static readonly JobChunk Chunk = new(Number: 3, Start: 30, Length: 10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CacheOutcome.Hit)]
    [InlineData(CacheOutcome.Shared)]
    public async Task RunAsync_StoredResultThatWasBoughtForTheChunk_CostsWhatWasPaid(CacheOutcome cache)
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job(), Cancelled);
        var made = Stored(cache, JobCalls.NameOf(job, Chunk));

        var first = await RunAsync(bench, job, made);
        var again = await RunAsync(bench, job, made with { SavedUsd = 7 });

        Assert.Equal((Price, made.Units), (first.CostUsd, first.Units));
        // What was noted with the chunk is told, and not what the cache says of it now.
        Assert.Equal(Price, again.CostUsd);
    }

    [Fact]
    public async Task RunAsync_StoredResultThatWasBoughtForTheChunkAtAPriceThatIsNotKnown_CostsAnUnknownSum()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job(), Cancelled);

        Assert.Null((await RunAsync(bench, job, Stored(CacheOutcome.Hit, JobCalls.NameOf(job, Chunk)) with { SavedUsd = null })).CostUsd);
    }

    [Theory]
    [InlineData("a short call")]
    [InlineData("another job")]
    [InlineData("another chunk of the job")]
    [InlineData("an earlier job of the same id")]
    public async Task RunAsync_StoredResultThatWasBoughtForAnother_CostsNothing(string payer)
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job(), Cancelled);
        var madeFor = payer switch
        {
            "another job" => JobCalls.NameOf(bench.Job(), Chunk),
            "another chunk of the job" => JobCalls.NameOf(job, Chunk with { Number = 4 }),
            "an earlier job of the same id" => JobCalls.NameOf(job with { CreatedAt = job.CreatedAt.AddDays(-60) }, Chunk),
            _ => null,
        };

        var outcome = await RunAsync(bench, job, Stored(CacheOutcome.Hit, madeFor));

        Assert.Equal(0, outcome.CostUsd);
        Assert.Null(outcome.Units);
    }

    [Fact]
    public async Task RunAsync_ResultThatIsMade_CostsItsPrice()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job(), Cancelled);
        var made = Stored(CacheOutcome.Miss, JobCalls.NameOf(job, Chunk)) with { CostUsd = Price, SavedUsd = 0 };

        Assert.Equal(Price, (await RunAsync(bench, job, made)).CostUsd);
    }

    private static SpeechOutcome Stored(CacheOutcome cache, string? madeFor) => new()
    {
        Provider = "a",
        Model = "a-model",
        Cache = cache,
        MadeFor = madeFor,
        Units = new BilledUnits(10, BillingUnit.Characters),
        CostUsd = 0,
        SavedUsd = Price,
    };

    private static Task<ChunkOutcome> RunAsync(JobBench bench, Job job, SpeechOutcome made) => bench.Get<ChunkAttempt>().RunAsync(
        new ChunkCall(new JobReference(job.Tenant, job.Id), new JobTarget(0, made.Provider, made.Model, Split: 0, Chunks: 9), Chunk),
        (_, _) => Task.FromResult((BinaryData.FromString("made"), made)),
        Cancelled);
}

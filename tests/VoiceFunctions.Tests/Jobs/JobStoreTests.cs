using VoiceFunctions.Jobs;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs;

public sealed class JobStoreTests(JobAccount account) : IClassFixture<JobAccount>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InsertAsync_SameIdFromMany_StoresOneAndGivesItToAll()
    {
        await using var bench = new JobBench(account.Emulator);
        var store = bench.Get<JobStore>();
        var id = JobKeys.NewId();

        var stored = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => store.InsertAsync(bench.Job(id) with { Title = $"{number}" }, Cancelled)));

        Assert.Single(stored.Select(job => job.Title).Distinct());
        Assert.Single((await store.ListAsync(bench.Tenant, kind: null, status: null, top: 100, continuation: null, Cancelled)).Jobs);
    }

    [Fact]
    public async Task GetAsync_EverythingSet_GivesItBack()
    {
        await using var bench = new JobBench(account.Emulator);
        var store = bench.Get<JobStore>();
        var job = bench.Job() with
        {
            KeyName = "key",
            Status = JobStatus.Running,
            Stage = JobStage.Chunks,
            Done = 3,
            Total = 9,
            CostUsd = 0.125m,
            Title = "Über 日本",
            CancelRequested = true,
            Error = new JobError("code", "detail"),
            Results = [new JobResult("speech.mp3", "audio/mpeg", 12)],
            Inaudible = [new(1.5, 300)],
            Attempts = [new SpeechAttempt("a", "m", "ok", Detail: null, 0.5)],
            Synthesis = new SynthesisJobRequest { Voice = "narrator", Format = "wav", Speed = 1.5f, Captions = true, Consistency = VoiceConsistency.Speed },
            Transcription = new TranscriptionJobRequest { Recognition = new() { Language = "en", Timestamps = TimingKinds.Word }, Outputs = [TranscriptOutput.Srt] },
            RequestHash = "hash",
            Callback = new JobCallback("https://example.com", "secret") { Attempts = 2, LastFailure = "500" },
        };
        await store.InsertAsync(job, Cancelled);

        var found = await store.GetAsync(bench.Tenant, job.Id, Cancelled);

        Assert.Equivalent(job, found, strict: true);
    }

    [Fact]
    public async Task GetAsync_ThousandsOfAttempts_KeepsThemAndTheListIsWithout()
    {
        await using var bench = new JobBench(account.Emulator);
        var store = bench.Get<JobStore>();
        var attempts = Enumerable.Range(0, 9_000).Select(number => new SpeechAttempt("provider", "model-of-it", number % 7 == 0 ? "timeout" : "ok", number % 7 == 0 ? "No answer." : null, number * 0.001)).ToArray();
        var job = await store.InsertAsync(bench.Job(), Cancelled);

        await store.ChangeAsync(bench.Tenant, job.Id, current => current with { Attempts = attempts }, Cancelled);

        Assert.Equal(attempts, (await store.GetAsync(bench.Tenant, job.Id, Cancelled))!.Attempts);
        Assert.Empty(Assert.Single((await store.ListAsync(bench.Tenant, kind: null, status: null, top: 1, continuation: null, Cancelled)).Jobs).Attempts);
    }

    [Fact]
    public async Task ChangeAsync_ManyAtOnce_LosesNone()
    {
        const int Changes = 12;
        await using var bench = new JobBench(account.Emulator);
        var store = bench.Get<JobStore>();
        var job = await store.InsertAsync(bench.Job(), Cancelled);

        await Task.WhenAll(Enumerable.Range(0, Changes).Select(_ => store.ChangeAsync(bench.Tenant, job.Id, current => current with { Done = current.Done + 1 }, Cancelled)));

        Assert.Equal(Changes, (await store.GetAsync(bench.Tenant, job.Id, Cancelled))!.Done);
    }

    [Fact]
    public async Task ChangeAsync_Ends_SetsTheTimesAndStaysEnded()
    {
        await using var bench = new JobBench(account.Emulator, ("Jobs:ResultRetention", "02:00:00"));
        var store = bench.Get<JobStore>();
        var job = await store.InsertAsync(bench.Job(), Cancelled);
        bench.Time.Advance(TimeSpan.FromMinutes(5));

        var ended = await store.ChangeAsync(bench.Tenant, job.Id, current => current with { Status = JobStatus.Succeeded }, Cancelled);
        var late = await store.ChangeAsync(bench.Tenant, job.Id, current => current with { Status = JobStatus.Running, Done = 7 }, Cancelled);
        var told = await store.ChangeAsync(bench.Tenant, job.Id, current => current with { Title = "Told" }, Cancelled);

        Assert.Equal((bench.Time.GetUtcNow(), bench.Time.GetUtcNow().AddHours(2)), (ended!.FinishedAt, ended.ExpiresAt));
        Assert.Equal((JobStatus.Succeeded, 0), (late!.Status, late.Done));
        Assert.Equal(("Told", ended.ExpiresAt), (told!.Title, told.ExpiresAt));
    }

    [Fact]
    public async Task ChangeAsync_NothingToChange_LeavesTheJob()
    {
        await using var bench = new JobBench(account.Emulator);
        var store = bench.Get<JobStore>();
        var job = await store.InsertAsync(bench.Job(), Cancelled);
        bench.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(job.UpdatedAt, (await store.ChangeAsync(bench.Tenant, job.Id, _ => null, Cancelled))!.UpdatedAt);
        Assert.Null(await store.ChangeAsync(bench.Tenant, JobKeys.NewId(), current => current, Cancelled));
        Assert.Null(await store.ChangeAsync("somebody else", job.Id, current => current, Cancelled));
    }

    [Fact]
    public async Task ListAsync_ManyJobs_GivesEachOnceNewestFirst()
    {
        await using var bench = new JobBench(account.Emulator);
        var store = bench.Get<JobStore>();
        List<string> ids = [];
        for (var number = 0; number < 25; number++)
        {
            // Two of each instant.
            bench.Time.Advance(TimeSpan.FromSeconds(number % 2));
            ids.Add((await store.InsertAsync(bench.Job(kind: number % 3 == 0 ? JobKind.Stt : JobKind.Tts), Cancelled)).Id);
        }

        var all = await ReadAllAsync(store, bench.Tenant, kind: null, status: null);
        Assert.Equal(ids.Order(), all.Select(job => job.Id).Order());
        Assert.Equal(all.Select(job => job.CreatedAt).OrderDescending(), all.Select(job => job.CreatedAt));

        await store.ChangeAsync(bench.Tenant, ids[4], current => current with { Status = JobStatus.Running }, Cancelled);
        Assert.Equal(9, (await ReadAllAsync(store, bench.Tenant, JobKind.Stt, status: null)).Count);
        Assert.Equal([ids[4]], (await ReadAllAsync(store, bench.Tenant, kind: null, JobStatus.Running)).Select(job => job.Id));
        Assert.Empty(await ReadAllAsync(store, bench.Tenant, JobKind.Stt, JobStatus.Running));
        Assert.Empty(await ReadAllAsync(store, "somebody else", kind: null, status: null));
    }

    [Fact]
    public async Task DeleteAsync_TakesTheJobOutOfTheListToo()
    {
        await using var bench = new JobBench(account.Emulator);
        var store = bench.Get<JobStore>();
        var job = await store.InsertAsync(bench.Job(), Cancelled);

        await store.DeleteAsync(job, Cancelled);
        await store.DeleteAsync(job, Cancelled);

        Assert.Null(await store.GetAsync(bench.Tenant, job.Id, Cancelled));
        Assert.Empty(await ReadAllAsync(store, bench.Tenant, kind: null, status: null));
    }

    private static async Task<List<Job>> ReadAllAsync(JobStore store, string tenant, JobKind? kind, JobStatus? status)
    {
        List<Job> jobs = [];
        string? continuation = null;
        do
        {
            var page = await store.ListAsync(tenant, kind, status, top: 4, continuation, Cancelled);
            Assert.InRange(page.Jobs.Count, 0, 4);
            jobs.AddRange(page.Jobs);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return jobs;
    }
}

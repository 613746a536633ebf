using Microsoft.DurableTask.Client;
using VoiceFunctions.Functions;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Retention;
using VoiceFunctions.Tests.Jobs.Requests;

namespace VoiceFunctions.Tests.Jobs.Retention;

public sealed class JobSweepTests : IAsyncLifetime
{
    // An account of its own: a sweep looks at everything in it.
    private readonly JobAccount _account = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _account.InitializeAsync();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public async Task RunAsync_StartLostInACrash_IsMadeUpFor()
    {
        await using var bench = new JobBench(_account.Emulator);
        bench.Client.Failure = new InvalidOperationException("No task hub.");
        var id = (string)(await bench.SpeakAsync(new { text = "Once." }))["id"]!;
        bench.Client.Failure = null;

        await SweepAsync(bench);
        Assert.Empty(bench.Client.Scheduled);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await SweepAsync(bench);

        Assert.Equal(id, Assert.Single(bench.Client.Scheduled).Id);
        bench.Time.Advance(TimeSpan.FromMinutes(30));
        await SweepAsync(bench);
        Assert.Single(bench.Client.Scheduled);
    }

    [Fact]
    public async Task RunAsync_OrchestrationEndedAndTheJobDidNot_TheJobFails()
    {
        await using var bench = new JobBench(_account.Emulator);
        var id = (string)(await bench.SpeakAsync(new { text = "Once." }))["id"]!;
        bench.Client.Instances[id] = OrchestrationRuntimeStatus.Failed;
        bench.Time.Advance(TimeSpan.FromMinutes(2));

        await SweepAsync(bench);

        var job = (await bench.FindAsync(id))!;
        Assert.Equal((JobStatus.Failed, "internal_error"), (job.Status, job.Error?.Code));
        Assert.Single(bench.Client.Scheduled);
    }

    [Fact]
    public async Task RunAsync_CancellationWasNotHeard_IsSaidAgain()
    {
        await using var bench = new JobBench(_account.Emulator);
        var id = (string)(await bench.SpeakAsync(new { text = "Once." }))["id"]!;
        bench.Client.Failure = new InvalidOperationException("No task hub.");
        await bench.CancelAsync(id);
        Assert.True((await bench.FindAsync(id))!.CancelRequested);
        bench.Client.Failure = null;
        bench.Time.Advance(TimeSpan.FromMinutes(1));

        await SweepAsync(bench);

        Assert.Equal([(id, JobLauncher.CancelEvent)], bench.Client.Raised);
    }

    [Fact]
    public async Task RunAsync_CallbackThatNobodyMakes_IsMade()
    {
        await using var bench = new JobBench(_account.Emulator);
        var id = (string)(await bench.SpeakAsync(new { text = "Once.", callbackUrl = "https://example.com/", callbackSecret = "0123456789abcdef" }))["id"]!;
        await bench.Get<JobStore>().ChangeAsync(bench.Tenant, id, job => job with { Status = JobStatus.Failed }, Cancelled);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await SweepAsync(bench);
        Assert.Single(bench.Client.Scheduled);
        bench.Time.Advance(TimeSpan.FromMinutes(10));

        await SweepAsync(bench);

        Assert.Equal((nameof(NotifyJob), $"{id}-notify"), (bench.Client.Scheduled.Last().Orchestrator, bench.Client.Scheduled.Last().Id));
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync(bench);
        Assert.Equal(2, bench.Client.Scheduled.Count);
    }

    [Fact]
    public async Task RunAsync_RecordNeverCame_ItsBlobsGo()
    {
        await using var bench = new JobBench(_account.Emulator);
        var id = JobKeys.NewId();
        await bench.Get<JobLauncher>().AnnounceAsync(bench.Tenant, id, bench.Time.GetUtcNow(), Cancelled);
        using var content = new MemoryStream([1, 2, 3]);
        await bench.Get<JobBlobs>().WriteAsync(bench.Get<JobBlobs>().Temporary(bench.Tenant, id, "source/1"), content, "text/plain", Cancelled);

        bench.Time.Advance(TimeSpan.FromMinutes(59));
        await SweepAsync(bench);
        Assert.Single(await bench.BlobsAsync(JobBlobs.JobContainer));
        bench.Time.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(bench);

        Assert.Empty(await bench.BlobsAsync(JobBlobs.JobContainer));
        Assert.Equal(0, await CountDueAsync(bench));
    }

    [Fact]
    public async Task RunAsync_FinishedJob_GoesInItsOrder()
    {
        await using var bench = new JobBench(_account.Emulator, ("Jobs:ResultRetention", "1.00:00:00"), ("Jobs:RecordRetention", "2.00:00:00"));
        var job = await JobFlowTests.FinishAsync(bench);
        await bench.Get<JobAgenda>().EnterAsync(job.Tenant, job.Id, job.CreatedAt, job.CreatedAt, Cancelled);
        using (var content = new MemoryStream([1]))
        {
            await bench.Get<JobBlobs>().WriteAsync(bench.Get<JobBlobs>().Temporary(job.Tenant, job.Id, "chunks/a/1"), content, "audio/wav", Cancelled);
        }

        bench.Client.Instances[job.Id] = OrchestrationRuntimeStatus.Completed;
        bench.Client.Instances[$"{job.Id}-1"] = OrchestrationRuntimeStatus.Completed;

        await SweepAsync(bench);
        Assert.Empty(await bench.BlobsAsync(JobBlobs.JobContainer, job.Id));
        Assert.Single(await bench.BlobsAsync(JobBlobs.ResultContainer, job.Id));
        Assert.Empty(bench.Client.Purged);

        bench.Time.Advance(TimeSpan.FromDays(1));
        await SweepAsync(bench);
        Assert.Empty(await bench.BlobsAsync(JobBlobs.ResultContainer, job.Id));
        Assert.Equal([job.Id, $"{job.Id}-1"], bench.Client.Purged.Order());
        Assert.NotNull(await bench.FindAsync(job.Id));

        bench.Time.Advance(TimeSpan.FromDays(2));
        await SweepAsync(bench);
        Assert.Null(await bench.FindAsync(job.Id));
        Assert.Empty((await bench.ListAsync())["jobs"]!.AsArray());
        bench.Time.Advance(TimeSpan.FromDays(1000));
        Assert.Equal(0, await CountDueAsync(bench));
    }

    [Fact]
    public async Task RunAsync_Upload_GoesWhenNoJobCanUseItAnyMore()
    {
        await using var bench = new JobBench(_account.Emulator);
        bench.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        await bench.PutAsync("old.wav", [1]);
        bench.Time.Advance(TimeSpan.FromDays(8));
        var name = VoiceFunctions.Jobs.Requests.InboxName.New(bench.Tenant, bench.Time.GetUtcNow(), "new.wav");
        await bench.Get<JobBlobs>().Inbox.UploadBlobAsync(name, BinaryData.FromBytes([2]), Cancelled);

        await bench.Get<InboxSweep>().RunAsync(Cancelled);
        Assert.Equal(2, await CountInboxAsync(bench));
        bench.Time.Advance(TimeSpan.FromDays(2));
        await bench.Get<InboxSweep>().RunAsync(Cancelled);

        Assert.Equal(1, await CountInboxAsync(bench));
        Assert.True(await bench.Get<JobBlobs>().Inbox.GetBlobClient(name).ExistsAsync(Cancelled));
    }

    private static Task SweepAsync(JobBench bench) => bench.Get<JobSweep>().RunAsync(bench.Client, Cancelled);

    private static async Task<int> CountDueAsync(JobBench bench)
    {
        var count = 0;
        await foreach (var _ in bench.Get<JobAgenda>().DueAsync(bench.Time.GetUtcNow().AddYears(10), Cancelled))
        {
            count++;
        }

        return count;
    }

    private static async Task<int> CountInboxAsync(JobBench bench)
    {
        var count = 0;
        await foreach (var _ in bench.Get<JobBlobs>().Inbox.GetBlobsAsync(cancellationToken: Cancelled))
        {
            count++;
        }

        return count;
    }
}

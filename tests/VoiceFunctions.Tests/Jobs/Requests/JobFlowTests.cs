using Azure.Storage.Blobs.Models;
using VoiceFunctions.Jobs;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Tests.Jobs.Requests;

public sealed class JobFlowTests(JobAccount account) : IClassFixture<JobAccount>
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(number => (byte)number)];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_JobUnderWay_TellsHowFarItIs()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job() with { Status = JobStatus.Running, Stage = JobStage.Chunks, Done = 2, Total = 3 }, Cancelled);

        var told = await bench.GetAsync(job.Id);

        Assert.Equal(("tts", "running", "chunks"), ((string?)told["kind"], (string?)told["status"], (string?)told["stage"]));
        Assert.Equal("""{"done":2,"total":3,"percent":66}""", told["progress"]!.ToJsonString());
        Assert.True(told.AsObject().ContainsKey("costUsd") && told["costUsd"] is null && told["error"] is null);
        Assert.Empty(told["attempts"]!.AsArray());
        Assert.False(told.AsObject().ContainsKey("callback"));
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("")]
    public async Task GetAsync_NoSuchJob_IsNotFound(string id)
    {
        await using var bench = new JobBench(account.Emulator);

        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => bench.GetAsync(id))).Kind);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => bench.CancelAsync(id))).Kind);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => bench.FetchAsync(id, "speech.mp3"))).Kind);
    }

    [Fact]
    public async Task ListAsync_Pages_GiveEveryJobOnce()
    {
        await using var bench = new JobBench(account.Emulator);
        for (var number = 0; number < 7; number++)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await bench.Get<JobStore>().InsertAsync(bench.Job() with { Title = $"{number}" }, Cancelled);
        }

        List<string> titles = [];
        string? continuation = null;
        do
        {
            var page = await bench.ListAsync(continuation is null ? "?top=3&kind=tts" : $"?top=3&kind=tts&continuation={continuation}");
            titles.AddRange(page["jobs"]!.AsArray().Select(job => (string)job!["title"]!));
            Assert.All(page["jobs"]!.AsArray(), job => Assert.False(job!.AsObject().ContainsKey("attempts")));
            continuation = (string?)page["continuation"];
        }
        while (continuation is not null);

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], titles);
    }

    [Theory]
    [InlineData("?kind=video", "kind")]
    [InlineData("?kind=0", "kind")]
    [InlineData("?status=done", "status")]
    [InlineData("?top=0", "top")]
    [InlineData("?top=101", "top")]
    [InlineData("?top=-1", "top")]
    [InlineData("?top=many", "top")]
    [InlineData("?top=1&top=2", "top")]
    [InlineData("?continuation=AAAA", "continuation")]
    [InlineData("?continuation=", "continuation")]
    [InlineData("?skip=3", "skip")]
    public async Task ListAsync_BadParameter_NamesIt(string query, string field)
    {
        await using var bench = new JobBench(account.Emulator);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => bench.ListAsync(query));

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.Contains(field, problem.Errors!.Keys);
    }

    [Fact]
    public async Task CancelAsync_JobUnderWay_IsWrittenDownAndTold()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job() with { Status = JobStatus.Running }, Cancelled);

        await bench.CancelAsync(job.Id);
        await bench.CancelAsync(job.Id);

        Assert.True((await bench.FindAsync(job.Id))!.CancelRequested);
        Assert.Equal([(job.Id, "cancel"), (job.Id, "cancel")], bench.Client.Raised);
    }

    [Fact]
    public async Task CancelAsync_JobWhoseStartWasLost_IsStartedSoThatItEnds()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job(), Cancelled);

        await bench.CancelAsync(job.Id);

        Assert.Equal(job.Id, Assert.Single(bench.Client.Scheduled).Id);
        Assert.Single(bench.Client.Raised);
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    [InlineData("Cancelled")]
    public async Task CancelAsync_FinishedJob_IsAConflict(string status)
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job() with { Status = Enum.Parse<JobStatus>(status) }, Cancelled);

        Assert.Equal(ProblemKind.JobFinished, (await Assert.ThrowsAsync<ProblemException>(() => bench.CancelAsync(job.Id))).Kind);
        Assert.Empty(bench.Client.Raised);
    }

    [Fact]
    public async Task GetResultAsync_Whole_IsWhatTheJobMade()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await FinishAsync(bench);

        var response = await bench.FetchAsync(job.Id, "speech.mp3");

        Assert.Equal((200, "audio/mpeg", Content.LongLength, "bytes"), (response.StatusCode, response.ContentType, response.ContentLength, response.Headers.AcceptRanges.ToString()));
        Assert.Equal(Content, Body(response));
        Assert.NotEmpty(response.Headers.ETag.ToString());
        var head = await bench.FetchAsync(job.Id, "speech.mp3", "HEAD");
        Assert.Equal((200, Content.LongLength, 0), (head.StatusCode, head.ContentLength, Body(head).Length));
    }

    [Theory]
    [InlineData("bytes=0-0", 206, 0, 1)]
    [InlineData("bytes=990-", 206, 990, 1000)]
    [InlineData("bytes=990-5000", 206, 990, 1000)]
    [InlineData("bytes=-5", 206, 995, 1000)]
    [InlineData("bytes=100-199", 206, 100, 200)]
    [InlineData("bytes=1000-", 416, 0, 0)]
    [InlineData("pages=1-2", 200, 0, 1000)]
    public async Task GetResultAsync_Range_IsThatPart(string range, int status, int from, int to)
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await FinishAsync(bench);

        var response = await bench.FetchAsync(job.Id, "speech.mp3", headers: ("Range", range));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(Content[from..to], Body(response));
        if (status == 206)
        {
            Assert.Equal($"bytes {from}-{to - 1}/1000", response.Headers.ContentRange);
        }
    }

    [Fact]
    public async Task GetResultAsync_Conditions_AreObeyed()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await FinishAsync(bench);
        var etag = (await bench.FetchAsync(job.Id, "speech.mp3")).Headers.ETag.ToString();

        Assert.Equal(304, (await bench.FetchAsync(job.Id, "speech.mp3", headers: ("If-None-Match", etag))).StatusCode);
        Assert.Equal(412, (await bench.FetchAsync(job.Id, "speech.mp3", headers: ("If-Match", "\"other\""))).StatusCode);
        Assert.Equal(206, (await bench.FetchAsync(job.Id, "speech.mp3", "GET", ("Range", "bytes=0-9"), ("If-Range", etag))).StatusCode);
        Assert.Equal(200, (await bench.FetchAsync(job.Id, "speech.mp3", "GET", ("Range", "bytes=0-9"), ("If-Range", "\"other\""))).StatusCode);
    }

    [Fact]
    public async Task GetResultAsync_NameThatIsNoResult_IsNotFound()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await FinishAsync(bench);

        foreach (var name in new[] { "speech.wav", "..", "../speech.mp3", "" })
        {
            Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => bench.FetchAsync(job.Id, name))).Kind);
        }
    }

    [Fact]
    public async Task GetResultAsync_PastRetention_IsExpired()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await FinishAsync(bench);
        bench.Time.Advance(TimeSpan.FromDays(7));

        Assert.Equal(ProblemKind.ResultExpired, (await Assert.ThrowsAsync<ProblemException>(() => bench.FetchAsync(job.Id, "speech.mp3"))).Kind);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => bench.FetchAsync(job.Id, "speech.wav"))).Kind);
    }

    [Fact]
    public async Task GetResultAsync_DeletedByOthers_IsExpired()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await FinishAsync(bench);
        await bench.Get<JobBlobs>().DeleteResultsAsync(job.ResultsPath, Cancelled);

        Assert.Equal(ProblemKind.ResultExpired, (await Assert.ThrowsAsync<ProblemException>(() => bench.FetchAsync(job.Id, "speech.mp3"))).Kind);
    }

    /// <summary>A job that has made its result.</summary>
    internal static async Task<Job> FinishAsync(JobBench bench)
    {
        var id = JobKeys.NewId();
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job(id), Cancelled);
        using var content = new MemoryStream(Content);
        var blobs = bench.Get<JobBlobs>();
        await blobs.CreateContainerAsync(JobBlobs.ResultContainer, Cancelled);
        await blobs.Result(job, "speech.mp3").UploadAsync(content, new BlobUploadOptions(), Cancelled);
        return (await bench.Get<JobStore>().ChangeAsync(
            job.Tenant, id, current => current with { Status = JobStatus.Succeeded, Results = [new JobResult("speech.mp3", "audio/mpeg", Content.Length)] }, Cancelled))!;
    }

    private static byte[] Body(Microsoft.AspNetCore.Http.HttpResponse response) => ((MemoryStream)response.Body).ToArray();
}

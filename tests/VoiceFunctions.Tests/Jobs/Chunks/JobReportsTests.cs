using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs.Chunks;

public sealed class JobReportsTests(JobAccount account) : IClassFixture<JobAccount>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReportAsync_TheSameReportTwice_ChangesNothing()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job(), Cancelled);
        var first = Report(job, done: 2, attempts: 3, cost: 0.3m, Attempt(0), Attempt(1), Attempt(2));
        var second = Report(job, done: 3, attempts: 4, cost: 0.4m, Attempt(3));

        foreach (var report in new[] { first, first, second, second })
        {
            await bench.Get<JobReports>().ReportAsync(report, Cancelled);
        }

        var reported = (await bench.Get<JobStore>().GetAsync(job.Tenant, job.Id, Cancelled))!;
        Assert.Equal((JobStage.Chunks, 3, 7, 0.4m), (reported.Stage, reported.Done, reported.Total, reported.CostUsd!.Value));
        Assert.Equal([0, 1, 2, 3], reported.Attempts.Select(attempt => attempt.Elapsed));
    }

    [Fact]
    public async Task ReportAsync_PriceThatIsNotKnown_IsNotKnownAfterwards()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job() with { CostUsd = 1 }, Cancelled);

        await bench.Get<JobReports>().ReportAsync(Report(job, done: 1, attempts: 1, cost: null, Attempt(0)), Cancelled);

        Assert.Null((await bench.Get<JobStore>().GetAsync(job.Tenant, job.Id, Cancelled))!.CostUsd);
    }

    [Fact]
    public async Task ReportAsync_AfterTheChunks_ComesTooLate()
    {
        await using var bench = new JobBench(account.Emulator);
        var stitching = await bench.Get<JobStore>().InsertAsync(bench.Job() with { Stage = JobStage.Stitch, Done = 7, Total = 7 }, Cancelled);
        var finished = await bench.Get<JobStore>().InsertAsync(bench.Job() with { Status = JobStatus.Cancelled, Stage = JobStage.Plan }, Cancelled);

        await bench.Get<JobReports>().ReportAsync(Report(stitching, done: 6, attempts: 1, cost: 0, Attempt(0)), Cancelled);
        await bench.Get<JobReports>().ReportAsync(Report(finished, done: 6, attempts: 1, cost: 0, Attempt(0)), Cancelled);

        Assert.Equal((JobStage.Stitch, 7), await StateAsync(bench, stitching));
        Assert.Equal((JobStage.Plan, 0), await StateAsync(bench, finished));
    }

    [Fact]
    public async Task ReportAsync_RecordThatIsGone_IsNoError()
    {
        await using var bench = new JobBench(account.Emulator);

        Assert.Null(await Record.ExceptionAsync(() => bench.Get<JobReports>().ReportAsync(Report(bench.Job(), done: 1, attempts: 0, cost: 0), Cancelled)));
    }

    private static JobProgress Report(Job job, int done, int attempts, decimal? cost, params SpeechAttempt[] latest) =>
        new(new JobReference(job.Tenant, job.Id), new JobTally(done, attempts, cost), Total: 7, latest);

    private static SpeechAttempt Attempt(int number) => new("a", "m", "ok", Detail: null, number);

    private static async Task<(JobStage Stage, int Done)> StateAsync(JobBench bench, Job job)
    {
        var found = (await bench.Get<JobStore>().GetAsync(job.Tenant, job.Id, Cancelled))!;
        return (found.Stage, found.Done);
    }
}

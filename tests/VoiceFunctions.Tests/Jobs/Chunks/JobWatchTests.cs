using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Tests.Jobs.Chunks;

public sealed class JobWatchTests(JobAccount account) : IClassFixture<JobAccount>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_JobThatIsWanted_DoesTheWork()
    {
        await using var bench = new JobBench(account.Emulator);
        var job = await bench.Get<JobStore>().InsertAsync(bench.Job(), Cancelled);

        Assert.Equal($"made for {job.Id}", await RunAsync(bench, job, (found, _) => Task.FromResult($"made for {found.Id}")));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("finished")]
    [InlineData("called off")]
    [InlineData("late")]
    public async Task RunAsync_JobThatIsNotWanted_DoesNotBegin(string why)
    {
        await using var bench = new JobBench(account.Emulator);
        var job = bench.Job();
        if (why != "gone")
        {
            await bench.Get<JobStore>().InsertAsync(Change(job, why, bench), Cancelled);
        }

        var stop = await RunAsync(bench, job, (_, _) => throw new InvalidOperationException("It was begun."));

        Assert.Equal(Expected(why), stop);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("called off")]
    [InlineData("late")]
    public async Task RunAsync_JobThatIsNoLongerWanted_IsGivenUp(string why)
    {
        await using var bench = new JobBench(account.Emulator);
        var store = bench.Get<JobStore>();
        var job = await store.InsertAsync(bench.Job(), Cancelled);
        var begun = new TaskCompletionSource();
        var running = RunAsync(bench, job, async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return "never";
        });
        await begun.Task;

        if (why == "gone")
        {
            await store.DeleteAsync(job, Cancelled);
        }
        else
        {
            await store.ChangeAsync(job.Tenant, job.Id, current => Change(current, why, bench), Cancelled);
        }

        while (!running.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(Expected(why), await running);
    }

    private static Task<string> RunAsync(JobBench bench, Job job, Func<Job, CancellationToken, Task<string>> work) =>
        bench.Get<JobWatch>().RunAsync(new JobReference(job.Tenant, job.Id), work, stop => $"{stop.Kind} {stop.Code}", Cancelled);

    private static Job Change(Job job, string why, JobBench bench) => why switch
    {
        "finished" => job with { Status = JobStatus.Succeeded },
        "called off" => job with { CancelRequested = true },
        "late" => job with { Deadline = bench.Time.GetUtcNow() },
        _ => job,
    };

    private static string Expected(string why) => why switch
    {
        "called off" => "Cancelled ",
        "late" => "Failed deadline_exceeded",
        _ => "Gone ",
    };
}

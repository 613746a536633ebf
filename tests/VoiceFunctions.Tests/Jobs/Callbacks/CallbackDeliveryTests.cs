using System.Text.Json.Nodes;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Callbacks;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Jobs.Callbacks;

public sealed class CallbackDeliveryTests(JobAccount account) : IClassFixture<JobAccount>
{
    private static readonly (string Key, string? Value) Private = ("Callbacks:AllowPrivateAddresses", "true");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeliverAsync_FinishedJob_TellsItsStatusAndWritesItDown()
    {
        await using var bench = new JobBench(account.Emulator, Private);
        await using var receiver = new LoopbackReceiver();
        var job = await OrderAsync(bench, receiver.Endpoint, JobStatus.Succeeded);

        var end = await DeliverAsync(bench, job, 1);

        Assert.Equal(new DeliveryEnd(IsOver: true, RetryAfter: null), end);
        var told = JsonNode.Parse(receiver.Request.Text)!;
        Assert.Equal((job.Id, "succeeded"), ((string?)told["id"], (string?)told["status"]));
        var callback = (await bench.FindAsync(job.Id))!.Callback!;
        Assert.Equal((CallbackState.Delivered, 1, null), (callback.State, callback.Attempts, callback.LastFailure));

        Assert.True((await DeliverAsync(bench, job, 2)).IsOver);
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task DeliverAsync_ReceiverFails_CountsEachTryOnceAndGivesUpAtTheLast()
    {
        await using var bench = new JobBench(account.Emulator, Private);
        await using var receiver = new LoopbackReceiver();
        receiver.FaultFor = _ => Fault.Status(500);
        var job = await OrderAsync(bench, receiver.Endpoint, JobStatus.Failed);

        Assert.False((await DeliverAsync(bench, job, 1)).IsOver);
        Assert.False((await DeliverAsync(bench, job, 1)).IsOver);
        Assert.Equal((CallbackState.Pending, 1, "status 500"), Of(await bench.FindAsync(job.Id)));
        Assert.True((await DeliverAsync(bench, job, 2, isLast: true)).IsOver);

        Assert.Equal((CallbackState.Failed, 2, "status 500"), Of(await bench.FindAsync(job.Id)));
    }

    [Fact]
    public async Task DeliverAsync_PrivateReceiver_IsRefusedForGood()
    {
        await using var bench = new JobBench(account.Emulator);
        await using var receiver = new LoopbackReceiver();
        var job = await OrderAsync(bench, receiver.Endpoint, JobStatus.Succeeded);

        Assert.True((await DeliverAsync(bench, job, 1)).IsOver);

        Assert.Equal((CallbackState.Failed, 1, "address_refused"), Of(await bench.FindAsync(job.Id)));
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task DeliverAsync_KeyHasChanged_SendsNothingUnsigned()
    {
        await using var bench = new JobBench(account.Emulator, Private);
        await using var rekeyed = new JobBench(account.Emulator, Private, ("Callbacks:EncryptionKey", Convert.ToBase64String(new byte[32])));
        await using var receiver = new LoopbackReceiver();
        var job = await OrderAsync(bench, receiver.Endpoint, JobStatus.Succeeded);

        Assert.True((await DeliverAsync(rekeyed, job, 1)).IsOver);

        Assert.Equal((CallbackState.Failed, 1, "secret_unreadable"), Of(await bench.FindAsync(job.Id)));
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task DeliverAsync_JobHasNotEnded_TellsNothing()
    {
        await using var bench = new JobBench(account.Emulator, Private);
        await using var receiver = new LoopbackReceiver();
        var job = await OrderAsync(bench, receiver.Endpoint, JobStatus.Running);

        Assert.True((await DeliverAsync(bench, job, 1)).IsOver);
        Assert.Equal(0, receiver.Count);
    }

    private static (CallbackState State, int Attempts, string? Failure) Of(Job? job) => (job!.Callback!.State, job.Callback.Attempts, job.Callback.LastFailure);

    private static Task<DeliveryEnd> DeliverAsync(JobBench bench, Job job, int number, bool isLast = false) =>
        bench.Get<CallbackDelivery>().DeliverAsync(new DeliveryCall(new JobReference(job.Tenant, job.Id), number, isLast), Cancelled);

    private static async Task<Job> OrderAsync(JobBench bench, Uri receiver, JobStatus status)
    {
        var id = (string)(await bench.SpeakAsync(new { text = "Once.", callbackUrl = receiver.AbsoluteUri, callbackSecret = "0123456789abcdef" }))["id"]!;
        return (await bench.Get<JobStore>().ChangeAsync(bench.Tenant, id, job => job with { Status = status }, Cancelled))!;
    }
}

using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using EmbeddedFunctions.Hosting.Storage;
using Microsoft.Extensions.Logging.Testing;

namespace EmbeddedFunctions.Tests.Storage;

public sealed class SingletonLeaseTests(StorageAccount account)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageAccount.NewName());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_TwoProcesses_OneWorksAndTheOtherTakesOverWhenItStops()
    {
        using var firstStop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var secondStop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var (first, second) = (new OwnedWork(), new OwnedWork());
        var logger = new FakeLogger();
        var firstRun = Lease().RunAsync(first.RunAsync, firstStop.Token);
        await first.Started(1);
        var secondRun = Lease(logger).RunAsync(second.RunAsync, secondStop.Token);
        await Eventually.TrueAsync(() => logger.Collector.GetSnapshot().Any(record => record.Message.Contains("stands by", StringComparison.Ordinal)));
        Assert.Equal(0, second.Starts);

        await firstStop.CancelAsync();
        await firstRun;
        await second.Started(1);

        Assert.False(first.IsRunning);
        await secondStop.CancelAsync();
        await secondRun;
        Assert.Equal((1, 1), (first.Starts, second.Starts));
    }

    [Fact]
    public async Task RunAsync_OwnerOnThisMachineDied_GoesOnWithItsLeaseAtOnce()
    {
        await _container.CreateAsync(cancellationToken: Token);
        await Blob.UploadAsync(BinaryData.Empty, Token);
        using (var dead = new MachineLock(Blob.Uri))
        {
            dead.Take();
            await Blob.GetBlobLeaseClient(dead.LeaseId).AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Token);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var work = new OwnedWork();

        var run = Lease().RunAsync(work.RunAsync, stop.Token);
        await work.Started(1);

        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public void Take_FileOfALivingProcess_IsLeftToIt()
    {
        var uri = new Uri($"http://lease.example/{Guid.NewGuid()}");
        using var owner = new MachineLock(uri);
        owner.Take();
        using var other = new MachineLock(uri);

        other.Take();
        Assert.False(other.MayInherit);
        Assert.NotEqual(owner.LeaseId, other.LeaseId);

        owner.Dispose();
        other.Take();
        Assert.True(other.MayInherit);
        Assert.Equal(owner.LeaseId, other.LeaseId);
    }

    [Fact]
    public async Task RunAsync_LeaseIsTakenAway_WorkIsCancelledAndBegunAnewWhenItIsFree()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var work = new OwnedWork();
        var run = Lease().RunAsync(work.RunAsync, stop.Token);
        await work.Started(1);

        await Blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Token);
        var thief = Blob.GetBlobLeaseClient();
        await thief.AcquireAsync(TimeSpan.FromSeconds(60), cancellationToken: Token);
        await work.Ended(1);
        Assert.Equal(1, work.Starts);

        await thief.ReleaseAsync(cancellationToken: Token);
        await work.Started(2);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task RunAsync_WorkThrows_IsStartedAnewAfterAPause()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var work = new OwnedWork { Failures = 1 };

        var run = Lease().RunAsync(work.RunAsync, stop.Token);
        await work.Started(2);

        await stop.CancelAsync();
        await run;
        Assert.False(work.IsRunning);
    }

    private BlobClient Blob => _container.GetBlobClient("lease");

    private SingletonLease Lease(FakeLogger? logger = null) => new(_container, "lease", Period, TimeProvider.System, logger ?? new FakeLogger());
}

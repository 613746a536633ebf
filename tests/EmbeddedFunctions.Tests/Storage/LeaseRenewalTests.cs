using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using EmbeddedFunctions.Hosting.Storage;
using Microsoft.Extensions.Logging.Testing;

namespace EmbeddedFunctions.Tests.Storage;

/// <summary>A lease that is renewed. A class of its own, because it takes as long as a lease.</summary>
public sealed class LeaseRenewalTests(StorageAccount account)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageAccount.NewName());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_WorkIsLongerThanTheLease_IsNotInterrupted()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var work = new OwnedWork();
        var run = Lease().RunAsync(work.RunAsync, stop.Token);
        await work.Started(1);
        var acquired = TimeProvider.System.GetTimestamp();

        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(acquired) > Period * 1.2);

        Assert.True(work.IsRunning);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Blob.GetBlobLeaseClient().AcquireAsync(Period, cancellationToken: Token));
        Assert.Equal(409, refused.Status);
        await stop.CancelAsync();
        await run;
        await Blob.GetBlobLeaseClient().AcquireAsync(Period, cancellationToken: Token);
    }

    private BlobClient Blob => _container.GetBlobClient("lease");

    private SingletonLease Lease() => new(_container, "lease", Period, TimeProvider.System, new FakeLogger());
}

using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using EmbeddedFunctions.Hosting.Storage;
using Microsoft.Extensions.Logging.Testing;
using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Storage;

/// <summary>A lease that runs out. A class of its own, because it takes as long as a lease.</summary>
public sealed class LeaseExpiryTests(StorageAccount account)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageAccount.NewName());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_OwnerOnAnotherMachineDies_IsTakenOverWhenItsLeaseRunsOut()
    {
        await _container.CreateAsync(cancellationToken: Token);
        await Blob.UploadAsync(BinaryData.Empty, Token);
        await Blob.GetBlobLeaseClient().AcquireAsync(Period, cancellationToken: Token);
        var died = TimeProvider.System.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var work = new OwnedWork();

        var run = Lease().RunAsync(work.RunAsync, stop.Token);
        await work.Started(1);

        Assert.InRange(TimeProvider.System.GetElapsedTime(died), Period - TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Measurement.Note($"A lease of {Period.TotalSeconds:0} s was taken over {TimeProvider.System.GetElapsedTime(died).TotalSeconds:0.0} s after its owner's last sign.");
        await stop.CancelAsync();
        await run;
    }

    private BlobClient Blob => _container.GetBlobClient("lease");

    private SingletonLease Lease() => new(_container, "lease", Period, TimeProvider.System, new FakeLogger());
}

using Azure.Storage.Blobs;
using EmbeddedFunctions.Hosting.Storage;
using Microsoft.Extensions.Logging.Testing;

namespace EmbeddedFunctions.Tests.Storage;

/// <summary>A lease that cannot be renewed. A class of its own, because it takes as long as a lease.</summary>
public sealed class LeaseOutageTests(StorageAccount account)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageAccount.NewName());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_StorageGoesAndComesBack_WorkEndsBeforeTheLeaseDoesAndBeginsAnew()
    {
        var outage = new Outage();
        var options = new BlobClientOptions();
        outage.AddTo(options);
        var container = new BlobServiceClient(account.ConnectionString, options).GetBlobContainerClient(_container.Name);
        var logger = new FakeLogger();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var work = new OwnedWork();
        var run = new SingletonLease(container, "lease", Period, TimeProvider.System, logger).RunAsync(work.RunAsync, stop.Token);
        await work.Started(1);

        outage.IsOn = true;
        var began = TimeProvider.System.GetTimestamp();
        await work.Ended(1);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < Period);
        await Eventually.TrueAsync(() => outage.Refused > 3);
        Assert.False(run.IsCompleted);

        outage.IsOn = false;
        await work.Started(2);
        await stop.CancelAsync();
        await run;
        Assert.Contains(logger.Collector.GetSnapshot(), record => record.Message.Contains("could not be renewed", StringComparison.Ordinal));
    }
}

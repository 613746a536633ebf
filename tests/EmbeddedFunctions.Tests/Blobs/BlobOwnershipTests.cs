using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using EmbeddedFunctions.Tests.Storage;
using EmbeddedFunctions.Tests.Triggers;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Tests.Blobs;

public sealed class BlobOwnershipTests(StorageAccount account) : BlobAppTests(account, """{ "version": "2.0", "extensions": { "blobs": { "maxDegreeOfParallelism": 2 } } }""")
{
    [Fact]
    public async Task Run_MoreBlobsThanPlaces_AsManyRunAtOnceAsThereArePlaces()
    {
        for (var index = 0; index < 8; index++)
        {
            await UploadAsync($"{index}", "x");
        }

        await using var app = await StartAsync(typeof(Counts));
        await Eventually.TrueAsync(() => Running.Now == 2);
        Signals.Release.SetResult();
        await CompletedAsync(8);

        Assert.Equal((0, 2), (Running.Now, Running.Most));
    }

    [Fact]
    public async Task Run_TwoProcesses_EachBlobRunsInOneOfThem()
    {
        Signals.Release.SetResult();
        var otherRuns = new Recorder<BlobRun>();
        var first = await StartAsync(typeof(Counts));
        await using var second = await StartAsync(typeof(Counts), otherRuns);
        for (var index = 0; index < 6; index++)
        {
            await UploadAsync($"{index}", "x");
        }

        await CompletedAsync(6);
        await first.DisposeAsync();
        for (var index = 6; index < 12; index++)
        {
            await UploadAsync($"{index}", "x");
        }

        await CompletedAsync(12);
        var runs = new List<string>();
        while (!Runs.IsEmpty)
        {
            runs.Add((await Runs.NextAsync()).Name);
        }

        while (!otherRuns.IsEmpty)
        {
            runs.Add((await otherRuns.NextAsync()).Name);
        }

        Assert.Equal(12, runs.Count);
        Assert.Equal(12, runs.Distinct().Count());
    }

    [Fact]
    public async Task Run_HostStopsInARun_RunsAgainAndTheTryDoesNotCount()
    {
        await UploadAsync("one", "x");
        await using (await StartAsync(typeof(Counts)))
        {
            await Runs.NextAsync();
        }

        Assert.Equal([$"Host.Functions.Counts {Container.Name}/one incomplete 0"], await ReceiptsAsync());
        Signals.Release.SetResult();
        await using var app = await StartAsync(typeof(Counts));

        Assert.Equal("one", (await Runs.NextAsync()).Name);
        await CompletedAsync(1);
    }

    [Fact]
    public async Task Run_EndsWhileTheHostStops_IsNotRunAgain()
    {
        await UploadAsync("one", "x");
        await using (var app = await StartAsync(typeof(EndsWhenStopped)))
        {
            await Runs.NextAsync();
        }

        Assert.Equal([$"Host.Functions.EndsWhenStopped {Container.Name}/one complete 1"], await ReceiptsAsync());
    }

    [Fact]
    public async Task Run_LeaseIsLostInARun_RunIsCancelledAndTheNewOwnerRunsIt()
    {
        await UploadAsync("one", "x");
        await using var app = await StartAsync(typeof(Counts));
        await Runs.NextAsync();
        var thief = Account.Blobs.GetBlobContainerClient("azure-webjobs-hosts").GetBlobClient($"locks/{App.HostId}/Host.Functions.Counts.Listener").GetBlobLeaseClient();

        await thief.BreakAsync(TimeSpan.Zero, cancellationToken: Token);
        await thief.AcquireAsync(TimeSpan.FromSeconds(60), cancellationToken: Token);
        await Eventually.TrueAsync(() => Running.Now == 0);
        Signals.Release.SetResult();
        Assert.True(Runs.IsEmpty);
        await thief.ReleaseAsync(cancellationToken: Token);

        await Runs.NextAsync();
        await CompletedAsync(1);
    }

    [Fact]
    public async Task Run_OtherProcessTookTheVersion_ItsReceiptStays()
    {
        await UploadAsync("one", "x");
        await using var app = await StartAsync(typeof(Counts));
        await Runs.NextAsync();
        var host = Account.Blobs.GetBlobContainerClient("azure-webjobs-hosts");
        var etag = (await Container.GetBlobClient("one").GetPropertiesAsync(cancellationToken: Token)).Value.ETag;
        var receipt = host.GetBlobClient($"blobreceipts/{App.HostId}/Host.Functions.Counts/{etag:H}/{Container.Name}/one");

        await receipt.SetMetadataAsync(new Dictionary<string, string> { ["Incomplete"] = "Incomplete", ["Tries"] = "2", ["Writer"] = "other" }, cancellationToken: Token);
        Signals.Release.SetResult();
        await UploadAsync("two", "x");
        await Runs.NextAsync();
        await CompletedAsync(1);

        Assert.Equal($"Host.Functions.Counts {Container.Name}/one incomplete 2", Assert.Single(await ReceiptsAsync(), line => line.Contains("/one ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_ReceiptCannotBeReached_BlobIsNotForgotten()
    {
        var outage = new Outage();
        await using var app = await StartAsync(typeof(Counts), configureStorage: outage.AddTo);
        Signals.Release.SetResult();
        await UploadAsync("one", "x");
        await Runs.NextAsync();
        await CompletedAsync(1);

        outage.IsOn = true;
        await UploadAsync("two", "x");
        var before = outage.Refused;
        await Eventually.TrueAsync(() => outage.Refused > before + 3);
        Assert.True(Runs.IsEmpty);
        outage.IsOn = false;

        Assert.Equal("two", (await Runs.NextAsync()).Name);
        await CompletedAsync(2);
        Assert.True(Runs.IsEmpty);
    }

    public sealed class Counts(Recorder<BlobRun> runs, RunningBlobs running, Signals signals)
    {
        [Function("Counts")]
        public async Task Run([BlobTrigger("%Container%/{name}")] BlobClient blob, string name, CancellationToken cancellationToken)
        {
            running.Enter();
            try
            {
                runs.Add(new BlobRun(name, string.Empty));
                await signals.Release.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                running.Leave();
            }
        }
    }

    public sealed class EndsWhenStopped(Recorder<BlobRun> runs)
    {
        [Function("EndsWhenStopped")]
        public async Task Run([BlobTrigger("%Container%/{name}")] BlobClient blob, CancellationToken cancellationToken)
        {
            runs.Add(new BlobRun(blob.Name, string.Empty));
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

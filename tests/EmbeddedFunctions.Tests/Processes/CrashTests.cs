using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using EmbeddedFunctions.Tests.Storage;
using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Processes;

public sealed class CrashTests(StorageAccount account)
{
    private const int Places = 4;

    private readonly string _hostId = StorageAccount.NewName();
    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageAccount.NewName());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Blobs_ProcessIsKilledAgainAndAgain_EachRunsToItsEndAndFewTwice()
    {
        const int Blobs = 60;
        const int Kills = 8;
        await _container.CreateAsync(cancellationToken: Token);
        for (var index = 0; index < Blobs; index++)
        {
            await _container.UploadBlobAsync($"{index:00}", new BinaryData($"{index}"), Token);
        }

        var kills = 0;
        while (kills < Kills && (await EndedAsync()).Count < Blobs)
        {
            var ended = (await EndedAsync()).Count;
            await using var process = await StartAsync();
            await Eventually.TrueAsync(async () => (await EndedAsync()).Count >= Math.Min(ended + 3, Blobs));
            await process.KillAsync();
            kills++;
        }

        await using var last = await StartAsync();
        await Eventually.TrueAsync(async () => (await EndedAsync()).Distinct().Count() == Blobs);
        await Eventually.TrueAsync(async () => await IncompleteAsync() == 0);

        var began = (await MarksAsync("began/")).Count;
        Assert.Equal(Kills, kills);
        Assert.InRange(began, Blobs, Blobs + (Kills * Places));
        Measurement.Note($"{Blobs} blobs in a process that was killed {kills} times: {began - Blobs} executions more than blobs.");
    }

    [Fact]
    public async Task Timers_OwnerOnThisMachineIsKilled_OtherProcessTakesOverWithinSeconds()
    {
        await using var owner = await StartAsync(("AzureWebJobs_Marks_Disabled", "true"));
        await Eventually.TrueAsync(() => owner.Log.Any(line => line.Contains("Ticked", StringComparison.Ordinal)));
        await using var other = await StartAsync(("AzureWebJobs_Marks_Disabled", "true"));
        await Eventually.TrueAsync(() => other.Log.Any(line => line.Contains("stands by", StringComparison.Ordinal)));
        Assert.DoesNotContain(other.Log, line => line.Contains("Ticked", StringComparison.Ordinal));

        await owner.KillAsync();
        var killed = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => other.Log.Any(line => line.Contains("Ticked", StringComparison.Ordinal)));

        Measurement.Note($"A timer of a killed process ran in another one {TimeProvider.System.GetElapsedTime(killed).TotalSeconds:0.0} s later.");
    }

    [Fact]
    public async Task Idle_TimersAndBlobs_UseNextToNothing()
    {
        await _container.CreateAsync(cancellationToken: Token);
        await _container.UploadBlobAsync("one", new BinaryData("x"), Token);
        await using var process = await StartAsync(("AzureWebJobs_Ticks_Disabled", "true"));
        await Eventually.TrueAsync(async () => (await EndedAsync()).Count == 1);
        var settled = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(settled) > TimeSpan.FromSeconds(10));

        var before = process.ProcessorTime;
        var began = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(20));
        var used = (process.ProcessorTime - before) / TimeProvider.System.GetElapsedTime(began);

        Assert.Single(await EndedAsync());
        Measurement.Note($"An idle blob function used {used:0.0%} of a core, and the process {process.ResidentMemory >> 20} MB.");
    }

    private Task<RunningProcess> StartAsync(params (string, string)[] settings) =>
        RunningProcess.StartAsync(account, _hostId, [("Container", _container.Name), .. settings]);

    private async Task<List<string>> EndedAsync() => [.. (await MarksAsync("ended/")).Select(name => name.Split('/')[1])];

    private Task<List<string>> MarksAsync(string prefix) => NamesAsync(account.Blobs.GetBlobContainerClient($"{_container.Name}-marks"), prefix);

    private async Task<int> IncompleteAsync()
    {
        var count = 0;
        await foreach (var receipt in account.Blobs.GetBlobContainerClient("azure-webjobs-hosts").GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, $"blobreceipts/{_hostId}/", Token))
        {
            count += receipt.Metadata.ContainsKey("Incomplete") ? 1 : 0;
        }

        return count;
    }

    private static async Task<List<string>> NamesAsync(BlobContainerClient container, string prefix)
    {
        var names = new List<string>();
        if (await container.ExistsAsync(Token))
        {
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, Token))
            {
                names.Add(blob.Name);
            }
        }

        return names;
    }
}

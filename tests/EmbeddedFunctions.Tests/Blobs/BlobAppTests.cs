using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using EmbeddedFunctions.Tests.Storage;
using EmbeddedFunctions.Tests.Triggers;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Tests.Blobs;

/// <summary>A container, and apps that watch it.</summary>
public abstract class BlobAppTests
{
    private protected BlobAppTests(StorageAccount account, string hostJson = TestApp.HostJson)
    {
        Account = account;
        App = new StorageApp(account) { HostJson = hostJson };
        Container = account.Blobs.GetBlobContainerClient(StorageAccount.NewName());
    }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected StorageAccount Account { get; }

    private protected StorageApp App { get; }

    private protected BlobContainerClient Container { get; }

    private protected Recorder<BlobRun> Runs { get; } = new();

    private protected RunningBlobs Running { get; } = new();

    private protected Signals Signals { get; set; } = new();

    private protected Task<TestApp> StartAsync(Type functions, Recorder<BlobRun>? runs = null, Action<Azure.Core.ClientOptions>? configureStorage = null, params (string, string)[] settings) =>
        App.StartAsync(
            functions,
            services => services.AddSingleton(runs ?? Runs).AddSingleton(Running).AddSingleton(Signals),
            configureStorage,
            [("Container", Container.Name), .. settings]);

    private protected async Task UploadAsync(string name, string content)
    {
        await Container.CreateIfNotExistsAsync(cancellationToken: Token);
        await Container.GetBlobClient(name).UploadAsync(new BinaryData(content), overwrite: true, Token);
    }

    /// <summary>Function, container, name and state of the receipts, in the order of their blobs.</summary>
    private protected async Task<List<string>> ReceiptsAsync()
    {
        var host = Account.Blobs.GetBlobContainerClient("azure-webjobs-hosts");
        var receipts = new List<string>();
        if (!await host.ExistsAsync(Token))
        {
            // The first app of the account has not come to its first receipt yet.
            return receipts;
        }

        await foreach (var blob in host.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, $"blobreceipts/{App.HostId}/", Token))
        {
            var parts = blob.Name.Split('/', 5);
            Assert.Matches("^\"0x[0-9A-F]+\"$", parts[3]);
            receipts.Add($"{parts[2]} {parts[4]} {(blob.Metadata.ContainsKey("Incomplete") ? "incomplete" : "complete")} {blob.Metadata["Tries"]}");
        }

        return receipts;
    }

    private protected Task CompletedAsync(int count) =>
        Eventually.TrueAsync(async () => (await ReceiptsAsync()).Count(receipt => receipt.Contains(" complete ", StringComparison.Ordinal)) == count, $"{count} receipts are complete");
}

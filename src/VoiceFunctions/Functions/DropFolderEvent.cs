using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Jobs.DropFolder;

namespace VoiceFunctions.Functions;

/// <summary>The drop folder where Event Grid tells of blobs, as on Azure. Exactly one of this and <see cref="DropFolderScan"/> is enabled.</summary>
public sealed class DropFolderEvent(DroppedFiles files)
{
    [Function(nameof(DropFolderEvent))]
    public Task RunAsync(
        [BlobTrigger("uploads/{name}", Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        files.ReceiveAsync(blob, client, cancellationToken);
}

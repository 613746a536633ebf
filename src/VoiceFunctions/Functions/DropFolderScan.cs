using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Jobs.DropFolder;

namespace VoiceFunctions.Functions;

/// <summary>The drop folder where the container is scanned, as on a laptop. Exactly one of this and <see cref="DropFolderEvent"/> is enabled.</summary>
public sealed class DropFolderScan(DroppedFiles files)
{
    [Function(nameof(DropFolderScan))]
    public Task RunAsync(
        [BlobTrigger("uploads/{name}", Source = BlobTriggerSource.LogsAndContainerScan)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        files.ReceiveAsync(blob, client, cancellationToken);
}

using System.Text.Json;
using Azure.Storage.Queues;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>Where the official extension, too, names the blobs that a function could not process: in the account of the blobs.</summary>
internal sealed class PoisonQueue(QueueServiceClient queues)
{
    // Nothing says that it was read within the week that messages are kept by default.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    public async Task SendAsync(PoisonMessage message, CancellationToken cancellationToken)
    {
        var queue = queues.GetQueueClient("webjobs-blobtrigger-poison");
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await queue.SendMessageAsync(JsonSerializer.Serialize(message, BlobJson.Default.PoisonMessage), timeToLive: Forever, cancellationToken: cancellationToken);
    }
}

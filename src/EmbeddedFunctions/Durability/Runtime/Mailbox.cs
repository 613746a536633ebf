using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// Puts messages into inboxes. A message comes with a receipt in the same commit, so that it is put there once however often it is sent; receipts outlive
/// their messages.
/// </summary>
internal sealed class Mailbox(HubServices services)
{
    /// <summary>Does nothing when there is no such instance, it has ended, or <paramref name="create"/> has nothing to tell it.</summary>
    /// <param name="instanceId">Who gets it.</param>
    /// <param name="messageId">The same whenever the same message is sent.</param>
    /// <param name="create">Makes the message for the instance as it is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task SendAsync(string instanceId, string messageId, Func<InstanceHead, Task<InboxMessage?>> create, CancellationToken cancellationToken)
    {
        var partition = HubKeys.Instance(instanceId);
        if (await services.Store.GetAsync(partition, HubKeys.Head, cancellationToken) is not { } row
            || DurableJson.Read<InstanceHead>(row.Data) is not { IsTerminal: false } head
            || await create(head) is not { } message)
        {
            return;
        }

        var committed = await services.Store.CommitAsync(
            partition,
            [
                RowWrite.Insert(HubKeys.Receipt(messageId), DurableJson.Write(new ReceiptRow(services.Clock.UtcNow))),
                RowWrite.Insert(HubKeys.Message(services.Clock.NextTicks()), DurableJson.Write(message)),
            ],
            cancellationToken);
        if (committed is null && message.Stored() is { Blob: { } copy })
        {
            await services.Store.DeleteBlobAsync(copy, cancellationToken);
        }

        // Also when it was there before: whoever sent it first may have stopped before this.
        await services.Index.WakeAsync(instanceId, cancellationToken);
    }
}

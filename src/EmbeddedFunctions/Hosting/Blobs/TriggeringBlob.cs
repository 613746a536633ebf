using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>The blob of one execution, and what was opened of it.</summary>
internal sealed class TriggeringBlob(BlobClient client) : IAsyncDisposable
{
    private Stream? _stream;

    public static ValueTask<object?> ClientOf(FunctionContext context) => new(Of(context).Client);

    /// <summary>The content as it is when the execution begins; a read after the blob was overwritten throws.</summary>
    public static async ValueTask<object?> StreamOf(FunctionContext context)
    {
        var blob = Of(context);
        return blob._stream = await blob.Client.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), context.CancellationToken);
    }

    private BlobClient Client => client;

    public ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static TriggeringBlob Of(FunctionContext context) => (TriggeringBlob)((TriggerData)FunctionBindings.Of(context)).Value!;
}

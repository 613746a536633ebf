using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Azure.Functions.Worker;

namespace ProcessApp.Functions;

/// <summary>Leaves a mark for every execution that began and every one that ended.</summary>
public sealed class BlobFunctions
{
    [Function("Marks")]
    public static async Task Marks([BlobTrigger("%Container%/{name}")] BlobClient blob, string name, FunctionContext context, CancellationToken cancellationToken)
    {
        var marks = blob.GetParentBlobContainerClient().GetParentBlobServiceClient().GetBlobContainerClient($"{blob.BlobContainerName}-marks");
        await marks.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await marks.UploadBlobAsync($"began/{name}/{context.InvocationId}", BinaryData.Empty, cancellationToken);
        await Task.Delay(100, cancellationToken);
        await marks.UploadBlobAsync($"ended/{name}/{context.InvocationId}", BinaryData.Empty, cancellationToken);
    }
}

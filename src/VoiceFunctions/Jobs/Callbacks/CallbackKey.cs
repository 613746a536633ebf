using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>The key that callback secrets are encrypted with: the configured one, or one that the first instance to need it makes and all others find.</summary>
internal sealed class CallbackKey(BlobServiceClient blobs, IOptions<CallbackOptions> options)
{
    private const string Container = "secrets";
    private const string Blob = "callback-key";
    private const int Bytes = 32;

    private volatile byte[]? _key = options.Value.EncryptionKey is { } configured ? Convert.FromBase64String(configured) : null;

    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken) => _key ??= await FindOrMakeAsync(cancellationToken);

    private async Task<byte[]> FindOrMakeAsync(CancellationToken cancellationToken)
    {
        var container = blobs.GetBlobContainerClient(Container);
        var blob = container.GetBlobClient(Blob);
        try
        {
            return (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }

        try
        {
            var onlyFirst = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await blob.UploadAsync(BinaryData.FromBytes(RandomNumberGenerator.GetBytes(Bytes)), onlyFirst, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed)
        {
            // Another instance was quicker; its key is everybody's.
        }

        return (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>
/// The receipts of one function, in the blobs and with the mark of BlobReceiptManager of the official extension. There a completed receipt means that a
/// message has been queued; here, that the function has run.
/// </summary>
/// <param name="container">The host's.</param>
/// <param name="prefix">The host's and the function's part of the names.</param>
internal sealed class BlobReceipts(BlobContainerClient container, string prefix)
{
    private const string Incomplete = nameof(Incomplete);
    private const string Tries = nameof(Tries);
    private const string Writer = nameof(Writer);
    private const int LongestName = 1024;

    // Tells a write of this process whose answer was lost from one of another process.
    private readonly string _writer = Guid.NewGuid().ToString();

    /// <returns>The receipt, made when there is none yet.</returns>
    public async Task<BlobReceipt> OpenAsync(string containerName, string blobName, ETag etag, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(Name(containerName, blobName, etag));
        while (true)
        {
            try
            {
                var conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
                var created = await blob.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Conditions = conditions, Metadata = Metadata(0) }, cancellationToken);
                return new BlobReceipt(blob, created.Value.ETag, IsCompleted: false, Tries: 0);
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412)
            {
                return Read(blob, (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value);
            }
        }
    }

    /// <returns>The receipt as it is then; null when another process has changed it, and the version is that one's.</returns>
    public Task<BlobReceipt?> CountAsync(BlobReceipt receipt, int tries, CancellationToken cancellationToken) =>
        WriteAsync(receipt, Metadata(tries), cancellationToken);

    /// <inheritdoc cref="CountAsync"/>
    public Task<BlobReceipt?> CompleteAsync(BlobReceipt receipt, CancellationToken cancellationToken)
    {
        var metadata = Metadata(receipt.Tries);
        metadata.Remove(Incomplete);
        return WriteAsync(receipt, metadata, cancellationToken);
    }

    private static async Task<BlobReceipt?> WriteAsync(BlobReceipt receipt, Dictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        try
        {
            var written = await receipt.Blob.SetMetadataAsync(metadata, new BlobRequestConditions { IfMatch = receipt.Version }, cancellationToken);
            return Read(receipt.Blob, written.Value.ETag, metadata);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            var found = (await receipt.Blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return found.Metadata.Count == metadata.Count && found.Metadata.All(pair => metadata.GetValueOrDefault(pair.Key) == pair.Value)
                ? Read(receipt.Blob, found)
                : null;
        }
    }

    private static BlobReceipt Read(BlobClient blob, BlobProperties properties) => Read(blob, properties.ETag, properties.Metadata);

    private static BlobReceipt Read(BlobClient blob, ETag version, IDictionary<string, string> metadata) =>
        new(blob, version, !metadata.ContainsKey(Incomplete), metadata.TryGetValue(Tries, out var tries) ? int.Parse(tries, CultureInfo.InvariantCulture) : 0);

    private Dictionary<string, string> Metadata(int tries) => new(StringComparer.OrdinalIgnoreCase)
    {
        [Incomplete] = Incomplete,
        [Tries] = tries.ToString(CultureInfo.InvariantCulture),
        [Writer] = _writer,
    };

    private string Name(string containerName, string blobName, ETag etag)
    {
        var name = $"{prefix}/{etag:H}/{containerName}/{blobName}";
        return name.Length <= LongestName
            ? name
            : $"{prefix}/{etag:H}/{containerName}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(blobName)))}";
    }
}

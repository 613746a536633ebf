using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>
/// How far the scan for one function has come, so that a restart need not ask for the receipts of all blobs. The form is that of
/// StorageBlobScanInfoManager of the official extension, but each function has its own.
/// </summary>
internal sealed class ScanProgress(BlobClient blob, ILogger logger)
{
    private DateTimeOffset? _saved;

    /// <returns>The earliest time when there is nothing yet, so that every blob is new.</returns>
    public async Task<DateTimeOffset> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var content = await blob.DownloadContentAsync(cancellationToken);
            _saved = JsonSerializer.Deserialize(content.Value.Content, BlobJson.Default.ScanInfo)?.LatestScan;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            _saved = null;
        }
        catch (JsonException exception)
        {
            BlobLog.UnreadableProgress(logger, blob.Name, exception);
            _saved = null;
        }

        return _saved ?? DateTimeOffset.MinValue;
    }

    /// <param name="latestScan">Every blob last modified before it needs nothing more.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task SaveAsync(DateTimeOffset latestScan, CancellationToken cancellationToken)
    {
        if (latestScan <= (_saved ?? DateTimeOffset.MinValue))
        {
            return;
        }

        var content = JsonSerializer.SerializeToUtf8Bytes(new ScanInfo(latestScan), BlobJson.Default.ScanInfo);
        await blob.UploadAsync(new BinaryData(content), overwrite: true, cancellationToken);
        _saved = latestScan;
    }
}

using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Jobs.Retention;

/// <summary>Deletes uploads that no job can use any more. Their names begin with the day, so it reads up to the first that is young enough.</summary>
public sealed class InboxSweep
{
    private readonly JobBlobs _blobs;
    private readonly JobOptions _options;
    private readonly TimeProvider _time;

    internal InboxSweep(JobBlobs blobs, IOptions<JobOptions> options, TimeProvider time) => (_blobs, _options, _time) = (blobs, options.Value, time);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The day itself and the hour in which its last address is good.
        var first = (_time.GetUtcNow() - _options.InboxRetention - TimeSpan.FromDays(1)).UtcDateTime.ToString(InboxName.DayFormat, CultureInfo.InvariantCulture);
        try
        {
            await foreach (var blob in _blobs.Inbox.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, cancellationToken))
            {
                if (string.CompareOrdinal(blob.Name, first) >= 0)
                {
                    return;
                }

                await _blobs.Inbox.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return;
        }
    }
}

using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting.Timers;

/// <summary>
/// The state of one schedule, in the blob and form of StorageScheduleMonitor of azure-webjobs-sdk-extensions. It is written only over the version that was
/// read or written last, so a process that has lost the timer without knowing changes nothing.
/// </summary>
internal sealed class ScheduleMonitor(BlobClient blob, ILogger logger)
{
    private ETag? _version;

    /// <returns>Null when there is none yet, or none that can be read.</returns>
    /// <exception cref="RequestFailedException">Storage did not answer.</exception>
    public async Task<ScheduleStatus?> ReadAsync(CancellationToken cancellationToken)
    {
        _version = null;
        try
        {
            var content = await blob.DownloadContentAsync(cancellationToken);
            _version = content.Value.Details.ETag;
            var status = JsonSerializer.Deserialize(content.Value.Content, TimerJson.Default.ScheduleStatus);
            return status is null ? null : new ScheduleStatus { Last = Utc(status.Last), Next = Utc(status.Next), LastUpdated = Utc(status.LastUpdated) };
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
        catch (JsonException exception)
        {
            TimerLog.UnreadableStatus(logger, blob.Name, exception);
            return null;
        }
    }

    /// <summary>As officially, a schedule goes on when its state cannot be written.</summary>
    public async Task WriteAsync(ScheduleStatus status, CancellationToken cancellationToken)
    {
        try
        {
            var content = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(status, TimerJson.Default.ScheduleStatus));
            var conditions = _version is { } version ? new BlobRequestConditions { IfMatch = version } : new BlobRequestConditions { IfNoneMatch = ETag.All };
            var written = await blob.UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            _version = written.Value.ETag;
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException)
        {
            TimerLog.StatusNotWritten(logger, blob.Name, exception);
        }
    }

    private static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
}

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
    private const string Writer = nameof(Writer);
    private const int Status412 = 412;

    // Tells a write of this process whose answer was lost from one of another process.
    private readonly string _writer = Guid.NewGuid().ToString();
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
    /// <exception cref="RequestFailedException">Another process has written it, so that it must be read again.</exception>
    public async Task WriteAsync(ScheduleStatus status, CancellationToken cancellationToken)
    {
        var content = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(status, TimerJson.Default.ScheduleStatus));
        try
        {
            if (!await TryWriteAsync(content, cancellationToken))
            {
                // The answer to the last write was lost, or to an attempt of this one that the SDK has repeated.
                var found = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
                _version = found.Value.Metadata.TryGetValue(Writer, out var writer) && writer == _writer
                    ? found.Value.ETag
                    : throw new RequestFailedException(Status412, $"Another process has written {blob.Name}.");
                await TryWriteAsync(content, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is RequestFailedException { Status: not Status412 } or AggregateException or OperationCanceledException)
        {
            TimerLog.StatusNotWritten(logger, blob.Name, exception);
        }
    }

    /// <returns>False when it is not the version that was read or written last.</returns>
    private async Task<bool> TryWriteAsync(BinaryData content, CancellationToken cancellationToken)
    {
        var conditions = _version is { } version ? new BlobRequestConditions { IfMatch = version } : new BlobRequestConditions { IfNoneMatch = ETag.All };
        var options = new BlobUploadOptions { Conditions = conditions, Metadata = new Dictionary<string, string> { [Writer] = _writer } };
        try
        {
            _version = (await blob.UploadAsync(content, options, cancellationToken)).Value.ETag;
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or Status412)
        {
            return false;
        }
    }

    private static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
}

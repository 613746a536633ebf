using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs.DropFolder;

/// <summary>
/// Puts what has become of a dropped file where its owner looks: the results under the file's own name, or the reason why there are none. Every file carries
/// the time of the version that it is for, and an older version never replaces what is of a later one, in whatever order their jobs end.
/// </summary>
internal sealed class DropOutcomes([FromKeyedServices(StorageClients.Patient)] BlobServiceClient blobs, JobBlobs jobs, TimeProvider time)
{
    public const string DropContainer = "uploads";
    public const string ReasonContainer = "poison";

    private const string Version = "version";

    public BlobContainerClient Drop { get; } = blobs.GetBlobContainerClient(DropContainer);

    /// <summary>What a job that was made of a dropped file leaves beside it. Done twice, it is done once.</summary>
    public async Task SettleAsync(Job job, CancellationToken cancellationToken)
    {
        if (job is not { DropPath: { } path, DroppedAt: { } version })
        {
            return;
        }

        if (await FindAsync(Drop.GetBlobClient(path), cancellationToken) is { } present && present.ETag.ToString() != job.DropETag)
        {
            // Another version lies there by now, and has a job of its own.
            return;
        }

        if (job.Status == JobStatus.Succeeded)
        {
            foreach (var result in job.Results)
            {
                await PublishAsync(job, result, $"{path}/{result.Name}", version, cancellationToken);
            }

            await RemoveOlderAsync(path, version, cancellationToken);
        }
        else if (job is { Status: JobStatus.Failed, Error: { } error })
        {
            await RefuseAsync(new DropReason { Path = path, ETag = job.DropETag!, Code = error.Code, Detail = error.Detail, Job = job.Id, Time = time.GetUtcNow() }, version, cancellationToken);
        }
    }

    public async Task RefuseAsync(DropReason reason, DateTimeOffset version, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(reason, DropJson.Default.DropReason);
        await jobs.CreateContainerAsync(ReasonContainer, cancellationToken);
        await ReplaceAsync(
            Reason(reason.Path),
            version,
            (blob, conditions, metadata) => blob.UploadAsync(
                BinaryData.FromBytes(content),
                new BlobUploadOptions { Conditions = conditions, Metadata = metadata, HttpHeaders = new BlobHttpHeaders { ContentType = "application/json; charset=utf-8" } },
                cancellationToken),
            cancellationToken);
    }

    /// <summary>Whether the version that a job was made of still lies in the drop folder.</summary>
    public async Task<bool> IsPresentAsync(Job job, CancellationToken cancellationToken) =>
        await FindAsync(Drop.GetBlobClient(job.DropPath), cancellationToken) is { } present && present.ETag.ToString() == job.DropETag;

    private static DateTimeOffset VersionOf(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(Version, out var ticks) && long.TryParse(ticks, CultureInfo.InvariantCulture, out var value)
            ? new DateTimeOffset(value, TimeSpan.Zero)
            : DateTimeOffset.MinValue;

    private static async Task<BlobProperties?> FindAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    /// <summary>Writes a blob unless what is there is of a later version; what is there is not replaced unseen.</summary>
    private static async Task ReplaceAsync(
        BlobClient blob, DateTimeOffset version, Func<BlobClient, BlobRequestConditions, Dictionary<string, string>, Task> write, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string> { [Version] = version.UtcTicks.ToString(CultureInfo.InvariantCulture) };
        while (true)
        {
            var present = await FindAsync(blob, cancellationToken);
            if (present is not null && VersionOf(present.Metadata) > version)
            {
                return;
            }

            try
            {
                var conditions = present is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = present.ETag };
                await write(blob, conditions, metadata);
                return;
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobAlreadyExists || exception.ErrorCode == BlobErrorCode.ConditionNotMet)
            {
                continue;
            }
        }
    }

    private BlobClient Reason(string path) => blobs.GetBlobContainerClient(ReasonContainer).GetBlobClient($"{path}.reason.json");

    /// <summary>Takes away what older versions have left: results under names that this one has not made, and a reason.</summary>
    private async Task RemoveOlderAsync(string path, DateTimeOffset version, CancellationToken cancellationToken)
    {
        await foreach (var blob in jobs.Results.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, $"{path}/", cancellationToken))
        {
            if (VersionOf(blob.Metadata) < version)
            {
                await jobs.Results.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }

        if (await FindAsync(Reason(path), cancellationToken) is { } reason && VersionOf(reason.Metadata) <= version)
        {
            await Reason(path).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
    }

    private async Task PublishAsync(Job job, JobResult result, string name, DateTimeOffset version, CancellationToken cancellationToken)
    {
        var source = jobs.Result(job, result.Name);
        await ReplaceAsync(
            jobs.Results.GetBlobClient(name),
            version,
            async (blob, conditions, metadata) =>
            {
                await using var content = await source.OpenReadAsync(cancellationToken: cancellationToken);
                await blob.UploadAsync(
                    content,
                    new BlobUploadOptions { Conditions = conditions, Metadata = metadata, HttpHeaders = new BlobHttpHeaders { ContentType = result.MediaType }, TransferOptions = JobBlobs.Blocks },
                    cancellationToken);
            },
            cancellationToken);
    }
}

using System.Collections.Concurrent;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs;

/// <summary>
/// What jobs read and write. Container <c>jobs</c> is for what goes when a job has ended, under the job's folder; <c>results</c> for what is kept; <c>inbox</c> for
/// what callers put there themselves.
/// </summary>
internal sealed class JobBlobs([FromKeyedServices(StorageClients.Patient)] BlobServiceClient blobs)
{
    public const string JobContainer = "jobs";
    public const string ResultContainer = "results";
    public const string InboxContainer = "inbox";

    /// <summary>A block of a few megabytes at a time, two at once: that much memory an upload takes, however large it is.</summary>
    public static readonly StorageTransferOptions Blocks = new() { InitialTransferSize = 4 * 1024 * 1024, MaximumTransferSize = 4 * 1024 * 1024, MaximumConcurrency = 2 };

    private readonly ConcurrentDictionary<string, bool> _created = [];

    public BlobContainerClient Jobs { get; } = blobs.GetBlobContainerClient(JobContainer);

    public BlobContainerClient Results { get; } = blobs.GetBlobContainerClient(ResultContainer);

    public BlobContainerClient Inbox { get; } = blobs.GetBlobContainerClient(InboxContainer);

    /// <summary>A temporary blob of a job, such as <c>plan.json</c> or <c>chunks/azure/0007</c>.</summary>
    public BlobClient Temporary(string tenant, string id, string name) => Jobs.GetBlobClient($"{JobKeys.Folder(tenant, id)}/{name}");

    /// <summary>A result of a job, whether it is there or not.</summary>
    public BlobClient Result(Job job, string name) => Results.GetBlobClient($"{job.ResultsPath}/{name}");

    /// <summary>Writes a blob as it comes, in blocks, and never holds more than a few of them. An existing one is replaced.</summary>
    public async Task<BlobReference> WriteAsync(BlobClient blob, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        await CreateContainerAsync(blob.BlobContainerName, cancellationToken);
        var counted = new CountedStream(content);
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = mediaType }, TransferOptions = Blocks };
        var written = await blob.UploadAsync(counted, options, cancellationToken);
        return new BlobReference(blob.BlobContainerName, blob.Name, written.Value.ETag.ToString(), counted.Count);
    }

    /// <summary>Makes a container that is not there, once in the life of the app.</summary>
    public async Task CreateContainerAsync(string container, CancellationToken cancellationToken)
    {
        if (!_created.ContainsKey(container))
        {
            await blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            _created[container] = true;
        }
    }

    /// <summary>Opens one version of a blob, from the beginning and seekable.</summary>
    /// <exception cref="RequestFailedException">It is gone (404), or another version lies there (412).</exception>
    public Task<Stream> OpenReadAsync(BlobReference reference, CancellationToken cancellationToken, int? bufferBytes = null) =>
        blobs.GetBlobContainerClient(reference.Container).GetBlobClient(reference.Name).OpenReadAsync(
            new BlobOpenReadOptions(allowModifications: false) { BufferSize = bufferBytes, Conditions = new BlobRequestConditions { IfMatch = new ETag(reference.ETag) } },
            cancellationToken);

    /// <summary>Reads one version of a blob from its beginning to its end, as it comes and without a buffer. What breaks off is taken up again where it did.</summary>
    /// <exception cref="RequestFailedException">It is gone (404), or another version lies there (412).</exception>
    public async Task<Stream> StreamAsync(BlobReference reference, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = new ETag(reference.ETag) } };
        var blob = blobs.GetBlobContainerClient(reference.Container).GetBlobClient(reference.Name);
        return (await blob.DownloadStreamingAsync(options, cancellationToken)).Value.Content;
    }

    /// <summary>Deletes everything temporary of a job.</summary>
    public Task DeleteTemporaryAsync(string tenant, string id, CancellationToken cancellationToken) =>
        DeleteAllAsync(Jobs, $"{JobKeys.Folder(tenant, id)}/", cancellationToken);

    /// <summary>Deletes the results of a job, those too that a crash kept out of its record.</summary>
    public Task DeleteResultsAsync(string resultsPath, CancellationToken cancellationToken) => DeleteAllAsync(Results, $"{resultsPath}/", cancellationToken);

    private static async Task DeleteAllAsync(BlobContainerClient container, string prefix, CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken),
                cancellationToken,
                async (blob, token) => await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: token));
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return;
        }
    }
}

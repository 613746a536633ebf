using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>
/// The temporary blobs of a job: <c>plan/{split}.json</c> and what it lists, and <c>chunks/{target}/{number}</c>, one blob for what was made of a chunk and for
/// what came of making it, so that neither is ever there without the other.
/// </summary>
internal sealed class ChunkStore(JobBlobs blobs)
{
    private const string Outcome = "outcome";

    public Task WriteManifestAsync(JobReference job, int split, JobManifest manifest, CancellationToken cancellationToken) =>
        WriteAsync(Manifest(job, split), BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(manifest, JobPayloads.Default.JobManifest)), metadata: null, cancellationToken);

    public async Task<JobManifest> ReadManifestAsync(JobReference job, int split, CancellationToken cancellationToken)
    {
        var content = await Manifest(job, split).DownloadContentAsync(cancellationToken);
        return JsonSerializer.Deserialize(content.Value.Content, JobPayloads.Default.JobManifest) ?? throw new InvalidDataException("A job's manifest is empty.");
    }

    /// <summary>The blob of all texts of a split, one after the other in UTF-8.</summary>
    public BlobClient Texts(JobReference job, int split) => blobs.Temporary(job.Tenant, job.Id, $"plan/{split}.txt");

    /// <summary>A piece of a recording.</summary>
    public BlobClient Piece(JobReference job, int number) => blobs.Temporary(job.Tenant, job.Id, $"pieces/{Name(number)}");

    public async Task<string> ReadTextAsync(JobReference job, int split, JobChunk chunk, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Range = new HttpRange(chunk.Offset, chunk.Bytes) };
        return (await Texts(job, split).DownloadContentAsync(options, cancellationToken)).Value.Content.ToString();
    }

    /// <summary>What each chunk of a split says.</summary>
    public async Task<IReadOnlyList<string>> ReadWordsAsync(JobReference job, int split, CancellationToken cancellationToken)
    {
        var manifest = await ReadManifestAsync(job, split, cancellationToken);
        if (manifest.Words is { } words)
        {
            return words;
        }

        var texts = (await Texts(job, split).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        return [.. manifest.Chunks.Select(chunk => Encoding.UTF8.GetString(texts.Span.Slice((int)chunk.Offset, chunk.Bytes)))];
    }

    /// <summary>What came of a chunk that is stored; <see langword="null"/> when it is not.</summary>
    public async Task<ChunkOutcome?> FindAsync(ChunkCall call, CancellationToken cancellationToken)
    {
        try
        {
            var properties = await Chunk(call.Job, call.Target.Number, call.Chunk.Number).GetPropertiesAsync(cancellationToken: cancellationToken);
            return JsonSerializer.Deserialize(properties.Value.Metadata[Outcome], JobPayloads.Default.ChunkOutcome);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Stores what was made of a chunk. JSON as it is written here is ASCII, which metadata must be.</summary>
    public Task StoreAsync(ChunkCall call, BinaryData content, ChunkOutcome outcome, CancellationToken cancellationToken) => WriteAsync(
        Chunk(call.Job, call.Target.Number, call.Chunk.Number),
        content,
        new Dictionary<string, string> { [Outcome] = JsonSerializer.Serialize(outcome, JobPayloads.Default.ChunkOutcome) },
        cancellationToken);

    /// <summary>Where each chunk lies, in order: at the first of the targets that has it. <see langword="null"/> for one that is known to be unheard.</summary>
    /// <exception cref="InvalidDataException">Another one is missing: the file would have a hole.</exception>
    public async Task<IReadOnlyList<BlobClient?>> LocateAsync(StitchCall call, CancellationToken cancellationToken)
    {
        var located = new BlobClient?[call.Targets[0].Chunks];
        foreach (var target in call.Targets)
        {
            var folder = $"{JobKeys.Folder(call.Job.Tenant, call.Job.Id)}/chunks/{target.Number}/";
            await foreach (var blob in blobs.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellationToken))
            {
                var number = int.Parse(blob.Name.AsSpan(folder.Length), CultureInfo.InvariantCulture);
                located[number] ??= blobs.Jobs.GetBlobClient(blob.Name);
            }
        }

        for (var number = 0; number < located.Length; number++)
        {
            if (located[number] is null && !call.Unheard.Contains(number))
            {
                throw new InvalidDataException($"Chunk {number} of the job is missing.");
            }
        }

        return located;
    }

    private BlobClient Manifest(JobReference job, int split) => blobs.Temporary(job.Tenant, job.Id, $"plan/{split}.json");

    private BlobClient Chunk(JobReference job, int target, int number) => blobs.Temporary(job.Tenant, job.Id, $"chunks/{target}/{Name(number)}");

    private static string Name(int number) => number.ToString("d6", CultureInfo.InvariantCulture);

    private async Task WriteAsync(BlobClient blob, BinaryData content, Dictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        await blobs.CreateContainerAsync(JobBlobs.JobContainer, cancellationToken);
        await blob.UploadAsync(content, new BlobUploadOptions { Metadata = metadata }, cancellationToken);
    }
}

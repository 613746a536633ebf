using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.DropFolder;

/// <summary>
/// Makes one job of each version of a blob in the drop folder, however often and in whatever order it is told of it: the job's id follows from the version,
/// and inserting its record decides who was first.
/// </summary>
public sealed partial class DroppedFiles
{
    /// <summary>Nobody sends a key with a file, so what is dropped belongs to those without one.</summary>
    private static readonly Caller Owner = Caller.Anonymous;

    private readonly JobStore _store;
    private readonly JobLauncher _launcher;
    private readonly JobBlobs _blobs;
    private readonly DropOutcomes _outcomes;
    private readonly SourceAudio _audio;
    private readonly SynthesisPlanner _synthesis;
    private readonly RecognitionPlanner _recognition;
    private readonly JobOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DroppedFiles> _logger;

    internal DroppedFiles(
        JobStore store,
        JobLauncher launcher,
        JobBlobs blobs,
        DropOutcomes outcomes,
        SourceAudio audio,
        SynthesisPlanner synthesis,
        RecognitionPlanner recognition,
        IOptions<JobOptions> options,
        TimeProvider time,
        ILogger<DroppedFiles> logger) =>
        (_store, _launcher, _blobs, _outcomes, _audio, _synthesis, _recognition, _options, _time, _logger) =
        (store, launcher, blobs, outcomes, audio, synthesis, recognition, options.Value, time, logger);

    public async Task ReceiveAsync(BlobClient blob, DurableTaskClient client, CancellationToken cancellationToken)
    {
        BlobProperties properties;
        try
        {
            properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return;
        }

        if (IsFolder(properties))
        {
            return;
        }

        var version = new BlobReference(blob.BlobContainerName, blob.Name, properties.ETag.ToString(), properties.ContentLength);
        var id = JobKeys.IdOf(version.Container, version.Name, version.ETag);
        if (await _store.GetAsync(Owner.Tenant, id, cancellationToken) is { } existing)
        {
            await _launcher.EnsureStartedAsync(existing, client, cancellationToken);
            return;
        }

        try
        {
            var job = await DescribeAsync(id, version, properties, cancellationToken);
            var stored = await _launcher.LaunchAsync(job, client, cancellationToken);
            LogReceived(stored.Id, stored.Kind);
            if (stored.Source != job.Source)
            {
                await _blobs.Jobs.DeleteBlobIfExistsAsync(job.Source.Name, cancellationToken: cancellationToken);
            }
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status412PreconditionFailed or StatusCodes.Status404NotFound)
        {
            // Replaced or deleted since: of what lies there now the trigger tells too.
            LogReplaced(id);
        }
        catch (Exception exception) when (ProblemTranslation.Translate(exception) is { } problem && problem.Kind != ProblemKind.StorageUnavailable)
        {
            await RefuseAsync(version, properties.LastModified, problem, cancellationToken);
        }
    }

    /// <summary>Storage with folders shows them as empty blobs (Microsoft, "Azure Data Lake Storage hierarchical namespace").</summary>
    private static bool IsFolder(BlobProperties properties) => properties.Metadata.TryGetValue("hdi_isfolder", out var folder) && bool.TryParse(folder, out var isFolder) && isFolder;

    private async Task RefuseAsync(BlobReference version, DateTimeOffset writtenAt, ProblemException problem, CancellationToken cancellationToken)
    {
        LogRefused(JobKeys.IdOf(version.Container, version.Name, version.ETag), problem.Kind.Code);
        await _outcomes.RefuseAsync(
            new DropReason
            {
                Path = version.Name,
                ETag = version.ETag,
                Code = problem.Kind.Code,
                Detail = problem.Message,
                Errors = problem.Errors,
                Time = _time.GetUtcNow(),
            },
            writtenAt,
            cancellationToken);
    }

    /// <exception cref="ProblemException">No job can be made of it.</exception>
    private async Task<Job> DescribeAsync(string id, BlobReference version, BlobProperties properties, CancellationToken cancellationToken)
    {
        var file = DroppedFile.Of(version.Name)
            ?? throw new ProblemException(ProblemKind.UnsupportedFormat, "Put audio under 'stt/', and text under 'tts/' with the extension .txt, .md or .ssml.");
        if (version.Bytes == 0)
        {
            throw new ProblemException(ProblemKind.InvalidRequest, "The file is empty.");
        }

        var now = _time.GetUtcNow();
        var job = new Job
        {
            Id = id,
            Tenant = Owner.Tenant,
            Kind = file.Kind,
            CreatedAt = now,
            UpdatedAt = now,
            Deadline = now,
            Source = version,
            ResultsPath = JobKeys.Folder(Owner.Tenant, id),
            DropPath = file.Path,
            DroppedAt = properties.LastModified,
            DropETag = version.ETag,
        };
        return file.Kind == JobKind.Tts
            ? await DescribeSpeechAsync(job, file, properties.Metadata, cancellationToken)
            : await DescribeTranscriptionAsync(job, file, properties.Metadata, cancellationToken);
    }

    private async Task<Job> DescribeTranscriptionAsync(Job job, DroppedFile file, IDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        if (job.Source.Bytes > TranscriptionJobReader.MaxUpload)
        {
            throw TranscriptionJobReader.TooLargeUpload();
        }

        var request = DropOptions.Transcription(metadata, Owner.Tenant);
        var deadline = JobTerms.Of(request).EndOf(job.CreatedAt, _options.MaxDuration);
        _recognition.Plan(recording: null, RecognitionOptions.Of(request.Recognition, request.NeededTimings, Owner, deadline));
        await _audio.DemandAsync(job.Source, cancellationToken);
        await _launcher.AnnounceAsync(job.Tenant, job.Id, job.CreatedAt, cancellationToken);
        return job with { Transcription = request, Title = request.Title ?? Title(file), Deadline = deadline };
    }

    private async Task<Job> DescribeSpeechAsync(Job job, DroppedFile file, IDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        if (job.Source.Bytes > SynthesisJobReader.MaxTextBytes)
        {
            throw SynthesisJobReader.TooLarge();
        }

        var content = new byte[job.Source.Bytes];
        await using (var stream = await _blobs.OpenReadAsync(job.Source, cancellationToken))
        {
            await stream.ReadExactlyAsync(content, cancellationToken);
        }

        var request = DropOptions.Synthesis(metadata) with { Text = file.Clean(SynthesisJobReader.Decode(content, "text")), Ssml = file.IsSsml ? true : null };
        SynthesisJobReader.Validate(request, Owner.Tenant);
        var deadline = JobTerms.Of(request).EndOf(job.CreatedAt, _options.MaxDuration);
        _synthesis.Plan(request.Text!, SynthesisOptions.Of(request, Owner, deadline), inPieces: true);

        // A copy, so that what is spoken does not depend on what becomes of the file.
        await _launcher.AnnounceAsync(job.Tenant, job.Id, job.CreatedAt, cancellationToken);
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(request.Text!));
        var source = await _blobs.WriteAsync(_blobs.Temporary(job.Tenant, job.Id, $"source/{Guid.NewGuid():N}"), text, "text/plain; charset=utf-8", cancellationToken);
        return job with { Synthesis = request with { Text = null }, Source = source, Title = request.Title ?? Title(file), Deadline = deadline };
    }

    private static string Title(DroppedFile file) => file.FileName.Length > 200 ? file.FileName[^200..] : file.FileName;

    [LoggerMessage(LogLevel.Information, "A dropped file has become {Kind} job {Job}.")]
    private partial void LogReceived(string job, JobKind kind);

    [LoggerMessage(LogLevel.Information, "The dropped file of job {Job} was replaced or deleted before the job was made.")]
    private partial void LogReplaced(string job);

    [LoggerMessage(LogLevel.Warning, "The dropped file of job {Job} cannot be processed ({Code}): no job is made, and the reason is stored.")]
    private partial void LogRefused(string job, string code);
}

using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Net.Http.Headers;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>What the owner of jobs can ask and tell: which there are, how one is doing, that it is to end, what it has made.</summary>
public sealed class JobFlow
{
    private readonly JobStore _store;
    private readonly JobBlobs _blobs;
    private readonly JobLauncher _launcher;
    private readonly TimeProvider _time;

    internal JobFlow(JobStore store, JobBlobs blobs, JobLauncher launcher, TimeProvider time) => (_store, _blobs, _launcher, _time) = (store, blobs, launcher, time);

    public Task<IResult> ListAsync(HttpRequest http, CancellationToken cancellationToken) => RunAsync(http, async (tenant, token) =>
    {
        var query = JobQuery.Read(http, tenant);
        var page = await _store.ListAsync(tenant, query.Kind, query.Status, query.Top, query.Continuation, token);
        var continuation = page.Continuation is { } mark ? ListContinuation.Write(mark, tenant, query.Kind, query.Status) : null;
        return Answer(http, TypedResults.Json(new JobListDocument([.. page.Jobs.Select(JobDocument.Summary)], continuation), ApiJson.Wire.JobListDocument));
    }, cancellationToken);

    public Task<IResult> GetAsync(HttpRequest http, string id, CancellationToken cancellationToken) => RunAsync(http, async (tenant, token) =>
        Answer(http, TypedResults.Json(JobDocument.Of(await FindAsync(tenant, id, token)), ApiJson.Wire.JobDocument)), cancellationToken);

    /// <summary>Writes the wish into the record, which everything that works on the job looks at, and wakes its orchestration.</summary>
    public Task<IResult> CancelAsync(HttpRequest http, string id, DurableTaskClient client, CancellationToken cancellationToken) => RunAsync(http, async (tenant, token) =>
    {
        await FindAsync(tenant, id, token);
        var job = await _store.ChangeAsync(tenant, id, current => current.IsFinished || current.CancelRequested ? null : current with { CancelRequested = true }, token) ?? throw Unknown();
        if (job.IsFinished)
        {
            throw new ProblemException(ProblemKind.JobFinished, $"The job has {job.Status.ToString().ToLowerInvariant()} already.");
        }

        await _launcher.TellCancelledAsync(job, client, token);
        return new JobAcceptedResult(job);
    }, cancellationToken);

    public Task<IResult> GetResultAsync(HttpRequest http, string id, string name, CancellationToken cancellationToken) => RunAsync(http, async (tenant, token) =>
    {
        var job = await FindAsync(tenant, id, token);
        var result = job.Results.FirstOrDefault(result => result.Name == name)
            ?? throw new ProblemException(ProblemKind.NotFound, job.IsFinished ? "The job has no such result." : "The job has no such result yet.");
        if (job.ExpiresAt <= _time.GetUtcNow())
        {
            throw Expired(job);
        }

        var blob = _blobs.Result(job, name);
        try
        {
            BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: token);
            var version = new BlobReference(blob.BlobContainerName, blob.Name, properties.ETag.ToString(), properties.ContentLength);
            http.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
            if (!http.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            {
                // The framework takes every unit for bytes; one that is not known is to be passed over (RFC 9110, 14.2).
                http.Headers.Range = default;
            }

            return TypedResults.Stream(
                await _blobs.OpenReadAsync(version, token),
                result.MediaType,
                fileDownloadName: null,
                properties.LastModified,
                new EntityTagHeaderValue(properties.ETag.ToString("H")),
                enableRangeProcessing: true);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            throw Expired(job);
        }
    }, cancellationToken);

    private static ProblemException Unknown() => new(ProblemKind.NotFound, "There is no such job.");

    private static ProblemException Expired(Job job) => new(ProblemKind.ResultExpired, $"The results of the job were kept until {job.ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}.");

    private static IResult Answer(HttpRequest http, IResult result)
    {
        // A job changes from one look to the next.
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        return result;
    }

    private async Task<Job> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        (JobKeys.IsId(id) ? await _store.GetAsync(tenant, id, cancellationToken) : null) ?? throw Unknown();

    private async Task<IResult> RunAsync(HttpRequest http, Func<string, CancellationToken, Task<IResult>> work, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(http, _time, cancellationToken);
        return await deadline.RunAsync(token => StorageDemand.RunAsync(() => work(Caller.Of(http.HttpContext).Tenant, token), token));
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using VoiceFunctions.Jobs.Callbacks;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;
using VoiceFunctions.Security.Budgets;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>What every request for a job goes through, whatever its kind: which job it is, what it is made of, and whether it is the first of its <c>Idempotency-Key</c>.</summary>
internal sealed class JobIntake(JobStore store, JobLauncher launcher, JobBlobs blobs, CallbackSecrets secrets, BudgetKeeper budgets, IOptions<JobOptions> options, TimeProvider time)
{
    /// <exception cref="ProblemException">The caller's budget is used up.</exception>
    public async Task<JobTicket> OpenAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(http.HttpContext);
        var key = IdempotencyKey.Read(http);
        var id = key is null ? JobKeys.NewId() : JobKeys.IdOf(caller.Tenant, key);
        var existing = key is null ? null : await store.GetAsync(caller.Tenant, id, cancellationToken);
        if (existing is null)
        {
            await budgets.DemandAsync(caller, cancellationToken);
        }

        return new JobTicket(caller, id, time.GetUtcNow(), existing);
    }

    /// <summary>A new blob for what the job is to be made of. It goes with the job, or, when no job comes of it, with the ticket's entry in the agenda.</summary>
    public async Task<BlobReference> KeepSourceAsync(JobTicket ticket, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        await launcher.AnnounceAsync(ticket.Caller.Tenant, ticket.Id, ticket.ArrivedAt, cancellationToken);
        return await blobs.WriteAsync(blobs.Temporary(ticket.Caller.Tenant, ticket.Id, $"source/{Guid.NewGuid():N}"), content, mediaType, cancellationToken);
    }

    /// <summary>Lets go of a source that no job came of.</summary>
    public async Task DropSourceAsync(BlobReference source)
    {
        if (source.Container == JobBlobs.JobContainer)
        {
            await blobs.Jobs.DeleteBlobIfExistsAsync(source.Name, cancellationToken: CancellationToken.None);
        }
    }

    /// <summary>When the job gives up.</summary>
    /// <exception cref="ProblemException">The caller's deadline has passed, or is too far off.</exception>
    public DateTimeOffset EndOf(JobTicket ticket, JobTerms terms) => terms.EndOf(ticket.ArrivedAt, options.Value.MaxDuration);

    public async Task<string?> FingerprintAsync(JobTerms terms, CancellationToken cancellationToken) =>
        terms.CallbackSecret is { } secret ? await secrets.FingerprintAsync(secret, cancellationToken) : null;

    /// <summary>Answers a repeat with the job that there is.</summary>
    /// <exception cref="ProblemException">The job was made for something else.</exception>
    public async Task<IResult> RepeatAsync(Job existing, string hash, DurableTaskClient client, CancellationToken cancellationToken)
    {
        Demand(existing, hash);
        await launcher.EnsureStartedAsync(existing, client, cancellationToken);
        return new JobAcceptedResult(existing);
    }

    /// <summary>Makes the job, unless another request under the same <c>Idempotency-Key</c> was quicker.</summary>
    /// <exception cref="ProblemException">The quicker one asked for something else.</exception>
    public async Task<IResult> SubmitAsync(
        JobTicket ticket, JobTerms terms, BlobReference source, string hash, Func<Job, Job> describe, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var tenant = ticket.Caller.Tenant;
        if (source.Container != JobBlobs.JobContainer)
        {
            await launcher.AnnounceAsync(tenant, ticket.Id, ticket.ArrivedAt, cancellationToken);
        }

        var job = describe(new Job
        {
            Id = ticket.Id,
            Tenant = tenant,
            KeyName = ticket.Caller.KeyName,
            MonthlyBudgetUsd = ticket.Caller.MonthlyBudgetUsd,
            Kind = default,
            CreatedAt = ticket.ArrivedAt,
            UpdatedAt = ticket.ArrivedAt,
            Title = terms.Title,
            Deadline = EndOf(ticket, terms),
            Source = source,
            ResultsPath = JobKeys.Folder(tenant, ticket.Id),
            RequestHash = hash,
            Callback = terms.CallbackUrl is { } url ? new JobCallback(url, await secrets.EncryptAsync(terms.CallbackSecret!, ticket.Id, cancellationToken)) : null,
        });
        var stored = await launcher.LaunchAsync(job, client, cancellationToken);
        if (stored.Source != source)
        {
            await DropSourceAsync(source);
            Demand(stored, hash);
        }

        return new JobAcceptedResult(stored);
    }

    private static void Demand(Job job, string hash)
    {
        if (job.RequestHash != hash)
        {
            throw new ProblemException(ProblemKind.IdempotencyConflict, $"Job {job.Id} was made for another request under this {IdempotencyKey.Header}. Send a new one.");
        }
    }
}

using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Jobs;

/// <summary>The records of jobs, in the table <c>Jobs</c>. Whatever is asked for is one partition.</summary>
internal sealed class JobStore(TableServiceClient tables, IOptions<JobOptions> options, JobMetrics metrics, TimeProvider time)
{
    public const string TableName = "Jobs";

    /// <summary>Pages of storage that one page of a list may take, so that a rare status in a long list is looked for in several requests.</summary>
    private const int MaxPages = 10;

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>Stores a job unless there is one of its id, and answers the one that is there.</summary>
    public async Task<Job> InsertAsync(Job job, CancellationToken cancellationToken)
    {
        TableTransactionAction[] rows = [new(TableTransactionActionType.Add, JobRow.Record(job)), new(TableTransactionActionType.Add, JobRow.Place(job))];
        try
        {
            await WithTableAsync(() => _table.SubmitTransactionAsync(rows, cancellationToken), cancellationToken);
            return job;
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status409Conflict)
        {
            return await GetAsync(job.Tenant, job.Id, cancellationToken) ?? throw new RequestFailedException(StatusCodes.Status409Conflict, "The job was there and is gone.", exception);
        }
    }

    /// <summary><see langword="null"/> when the tenant has no such job.</summary>
    public async Task<Job?> GetAsync(string tenant, string id, CancellationToken cancellationToken) =>
        await ReadAsync(tenant, id, cancellationToken) is { } row ? JobRow.Read(row) : null;

    /// <summary>
    /// Changes a job as it is at that moment. The change may be asked for again when another was quicker, or when the answer to a write that took place was
    /// lost: it must come to the same when it is applied twice. A final status is final: a change that gives another one is dropped.
    /// </summary>
    /// <param name="tenant">Whose job it is.</param>
    /// <param name="id">Of the job.</param>
    /// <param name="change">Gives the job as it is to be, or <see langword="null"/> to leave it.</param>
    /// <param name="cancellationToken">Ends the wait for storage.</param>
    /// <returns>The job as it is then; <see langword="null"/> when the tenant has no such job.</returns>
    public async Task<Job?> ChangeAsync(string tenant, string id, Func<Job, Job?> change, CancellationToken cancellationToken)
    {
        while (await ReadAsync(tenant, id, cancellationToken) is { } row)
        {
            var current = JobRow.Read(row);
            if (change(current) is not { } changed || (current.IsFinished && changed.Status != current.Status))
            {
                return current;
            }

            var now = time.GetUtcNow();
            changed = changed with { UpdatedAt = now };
            if (changed.IsFinished && !current.IsFinished)
            {
                changed = changed with { FinishedAt = now, ExpiresAt = now + options.Value.ResultRetention };
            }

            try
            {
                await _table.SubmitTransactionAsync(
                    [
                        new(TableTransactionActionType.UpdateReplace, JobRow.Record(changed), row.ETag),
                        new(TableTransactionActionType.UpsertReplace, JobRow.Place(changed)),
                    ],
                    cancellationToken);
                if (changed.IsFinished && !current.IsFinished)
                {
                    metrics.Ended(changed);
                }

                return changed;
            }
            catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status412PreconditionFailed or StatusCodes.Status404NotFound)
            {
                continue;
            }
        }

        return null;
    }

    /// <summary>A tenant's jobs, newest first. A page may hold fewer than asked for and still not be the last.</summary>
    /// <param name="tenant">Whose jobs.</param>
    /// <param name="kind">Only those of this kind.</param>
    /// <param name="status">Only those in this status.</param>
    /// <param name="top">The most to give.</param>
    /// <param name="continuation">Where the page before ended.</param>
    /// <param name="cancellationToken">Ends the wait for storage.</param>
    public async Task<JobPage> ListAsync(string tenant, JobKind? kind, JobStatus? status, int top, string? continuation, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {JobKeys.Partition(tenant)} and RowKey ge {JobKeys.ListBegin} and RowKey lt {JobKeys.ListEnd}");
        filter += kind is { } wantedKind ? TableClient.CreateQueryFilter($" and Kind eq {wantedKind.ToString()}") : string.Empty;
        filter += status is { } wantedStatus ? TableClient.CreateQueryFilter($" and Status eq {wantedStatus.ToString()}") : string.Empty;

        List<Job> jobs = [];
        for (var page = 0; page < MaxPages && jobs.Count < top; page++)
        {
            var rows = await PageAsync(filter, top - jobs.Count, continuation, cancellationToken);
            jobs.AddRange(rows?.Values.Select(JobRow.Read) ?? []);
            continuation = rows?.ContinuationToken;
            if (continuation is null)
            {
                break;
            }
        }

        return new JobPage(jobs, continuation);
    }

    /// <summary>Deletes the record of a job and its place in the list.</summary>
    public async Task DeleteAsync(Job job, CancellationToken cancellationToken)
    {
        var partition = JobKeys.Partition(job.Tenant);
        await _table.DeleteEntityAsync(partition, JobKeys.Place(job.CreatedAt, job.Id), ETag.All, cancellationToken);
        await _table.DeleteEntityAsync(partition, JobKeys.Record(job.Id), ETag.All, cancellationToken);
    }

    private async Task<TableEntity?> ReadAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(JobKeys.Partition(tenant), JobKeys.Record(id), cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    /// <summary><see langword="null"/> when no job was ever stored.</summary>
    private async Task<Page<TableEntity>?> PageAsync(string filter, int size, string? continuation, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var page in _table.QueryAsync<TableEntity>(filter, size, cancellationToken: cancellationToken).AsPages(continuation))
            {
                return page;
            }
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }

        return null;
    }

    /// <summary>Does something with the table, which is made if it is not there.</summary>
    private async Task WithTableAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == TableErrorCode.TableNotFound)
        {
            await _table.CreateIfNotExistsAsync(cancellationToken);
            await work();
        }
    }
}

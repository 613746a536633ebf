namespace VoiceFunctions.Jobs;

/// <summary>What a job's orchestration begins with. It reads no options, so every setting that it decides by is in here.</summary>
internal sealed record JobInput(string Tenant, string Id, JobKind Kind, DateTimeOffset Deadline)
{
    public static JobInput Of(Job job) => new(job.Tenant, job.Id, job.Kind, job.Deadline);
}

using VoiceFunctions.Jobs.Callbacks;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs;

/// <summary>What a job's orchestration begins with. It reads no options, so every setting that it decides by is in here.</summary>
/// <param name="Job">Which job.</param>
/// <param name="ResultsPath">Where its results lie, known also when its record is gone.</param>
/// <param name="Deadline">When it gives up.</param>
/// <param name="IsOneVoice">Whether all chunks are to be made at one target.</param>
/// <param name="Rules">How it waits and tries again.</param>
/// <param name="Callback">How its receiver is told of its end; <see langword="null"/> when nobody wants to be.</param>
internal sealed record JobInput(JobReference Job, string ResultsPath, DateTimeOffset Deadline, bool IsOneVoice, RetryRules Rules, CallbackRules? Callback)
{
    public static JobInput Of(Job job, ChunkOptions chunks, CallbackOptions callbacks) => new(
        new JobReference(job.Tenant, job.Id),
        job.ResultsPath,
        job.Deadline,
        job.Synthesis is { Consistency: not VoiceConsistency.Speed },
        RetryRules.Of(chunks),
        job.Callback is null ? null : CallbackRules.Of(callbacks));
}

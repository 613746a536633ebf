using System.Text.Json.Serialization;
using VoiceFunctions.Providers;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>A job as its owner sees it.</summary>
internal sealed record JobDocument
{
    public required string Id { get; init; }

    public required JobKind Kind { get; init; }

    public required JobStatus Status { get; init; }

    public required JobStage Stage { get; init; }

    public required JobProgressDocument Progress { get; init; }

    /// <summary>Absent in a list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SpeechAttempt>? Attempts { get; init; }

    public required decimal? CostUsd { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string? Title { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    public required JobError? Error { get; init; }

    public required IReadOnlyList<JobResultDocument> Results { get; init; }

    /// <summary>Only where something is missing in the results: where somebody speaks and no provider could make out what.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InaudibleSpeech>? Inaudible { get; init; }

    /// <summary>Until when the results can be fetched.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Only of a job with a <c>callbackUrl</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobCallbackDocument? Callback { get; init; }

    public static JobDocument Of(Job job) => Summary(job) with { Attempts = job.Attempts };

    /// <summary>The same without the attempts.</summary>
    public static JobDocument Summary(Job job) => new()
    {
        Id = job.Id,
        Kind = job.Kind,
        Status = job.Status,
        Stage = job.Stage,
        Progress = JobProgressDocument.Of(job),
        CostUsd = job.CostUsd,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
        Title = job.Title,
        Deadline = job.Deadline,
        Error = job.Error,
        Results = [.. job.Results.Select(result => new JobResultDocument(result.Name, result.MediaType, result.Bytes, JobRoutes.Result(job.Id, result.Name)))],
        Inaudible = job.Inaudible,
        ExpiresAt = job.ExpiresAt,
        Callback = job.Callback is { } callback ? new JobCallbackDocument(callback.State, callback.Attempts, callback.LastAttemptAt, callback.LastFailure) : null,
    };
}

using System.Text.Json.Serialization;
using VoiceFunctions.Providers;
using VoiceFunctions.Security;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs;

/// <summary>The record of a job, which is the only source of its status. Changed through <see cref="JobStore.ChangeAsync"/> alone.</summary>
internal sealed record Job
{
    /// <summary>The id of its orchestration too.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The name of the key that the job was ordered with; <see langword="null"/> for an anonymous caller.</summary>
    public string? KeyName { get; init; }

    /// <summary>What calls under the key's name may cost in a month, as it was when the job was ordered.</summary>
    public decimal? MonthlyBudgetUsd { get; init; }

    public required JobKind Kind { get; init; }

    public JobStatus Status { get; init; }

    public JobStage Stage { get; init; }

    /// <summary>Steps of the stage that are done.</summary>
    public int Done { get; init; }

    /// <summary>Steps of the stage; 0 as long as nobody knows.</summary>
    public int Total { get; init; }

    /// <summary>Every try at a provider, oldest first. Only what <see cref="JobStore.GetAsync"/> reads has them: a list of jobs is without.</summary>
    [JsonIgnore]
    public IReadOnlyList<SpeechAttempt> Attempts { get; init; } = [];

    /// <summary>US dollars for every billed attempt; <see langword="null"/> as long as nothing is known, and as soon as one price is not.</summary>
    public decimal? CostUsd { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the status became a final one.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public string? Title { get; init; }

    /// <summary>When the job gives up: the caller's wish, or the configured time after its creation.</summary>
    public required DateTimeOffset Deadline { get; init; }

    public bool CancelRequested { get; init; }

    public JobError? Error { get; init; }

    public IReadOnlyList<JobResult> Results { get; init; } = [];

    /// <summary>What is missing in the results of a <see cref="JobKind.Stt"/> job, the first <see cref="JobRow.MaxInaudible"/> of it; <see langword="null"/> for nothing.</summary>
    public IReadOnlyList<InaudibleSpeech>? Inaudible { get; init; }

    /// <summary>Where the results lie in their container: <c>{tenant}/{id}</c>.</summary>
    public required string ResultsPath { get; init; }

    /// <summary>When the results were deleted, or may be from then on; <see langword="null"/> for a job that has not ended.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What is to be spoken or recognised.</summary>
    public required BlobReference Source { get; init; }

    /// <summary>What was asked for, of a <see cref="JobKind.Tts"/> job.</summary>
    public SynthesisJobRequest? Synthesis { get; init; }

    /// <summary>What was asked for, of a <see cref="JobKind.Stt"/> job.</summary>
    public TranscriptionJobRequest? Transcription { get; init; }

    /// <summary>Tells whether a repeat under the same <c>Idempotency-Key</c> asks for the same.</summary>
    public string? RequestHash { get; init; }

    public JobCallback? Callback { get; init; }

    /// <summary>The name of the blob in the drop folder that the job was made of, beside which its results are to lie; <see langword="null"/> for a job that was ordered.</summary>
    public string? DropPath { get; init; }

    /// <summary>When that version of the blob was written: the later version's results are the ones to stay.</summary>
    public DateTimeOffset? DroppedAt { get; init; }

    /// <summary>The ETag of that version.</summary>
    public string? DropETag { get; init; }

    /// <summary>For whom the job calls providers. What the key may do was asked when the job was ordered.</summary>
    [JsonIgnore]
    public Caller Caller => new(Tenant, KeyName, AccessRights.None) { MonthlyBudgetUsd = MonthlyBudgetUsd };

    [JsonIgnore]
    public bool IsFinished => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled;
}

using Azure;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>Why a job goes no further.</summary>
/// <param name="Kind">What kind of end it is.</param>
/// <param name="Code">Of a failure: the code of a problem of the API.</param>
/// <param name="Detail">Of a failure: what is said to the caller.</param>
public sealed record JobStop(JobStopKind Kind, string? Code = null, string? Detail = null)
{
    public static JobStop Cancelled { get; } = new(JobStopKind.Cancelled);

    public static JobStop Gone { get; } = new(JobStopKind.Gone);

    public static JobStop DeadlineExceeded { get; } = Failed(ProblemKind.DeadlineExceeded, "The job's deadline passed before it was done.");

    /// <summary>What an exception means to the caller of a job that cannot go on after it; <see langword="null"/> when it may go on, or something is wrong on our side.</summary>
    public static JobStop? Of(Exception exception) => exception switch
    {
        RequestFailedException { Status: 404 or 412 } => Failed(ProblemKind.NotFound, "What was to be spoken or recognised has been deleted or replaced since the job was ordered."),
        // That is the machine's, for the moment.
        FfmpegException => null,
        _ => ProblemTranslation.Translate(exception) is { } problem ? Failed(problem.Kind, problem.Message) : null,
    };

    public static JobStop Failed(ProblemKind kind, string detail) => new(JobStopKind.Failed, kind.Code, detail);
}

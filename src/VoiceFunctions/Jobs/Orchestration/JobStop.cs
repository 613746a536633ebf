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

    public static JobStop Failed(ProblemKind kind, string detail) => new(JobStopKind.Failed, kind.Code, detail);
}

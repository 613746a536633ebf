using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>To tell a job's receiver once.</summary>
/// <param name="Job">Which job has ended.</param>
/// <param name="Number">The number of the try, from 1, so that one that is made again after a crash is counted once.</param>
/// <param name="IsLast">Whether it is given up when this try fails.</param>
public sealed record DeliveryCall(JobReference Job, int Number, bool IsLast);

namespace Microsoft.DurableTask.Client;

public enum OrchestrationRuntimeStatus
{
    Running,
    Completed,

    [Obsolete("For compatibility only: an instance is never seen in this status.")]
    ContinuedAsNew,

    Failed,

    [Obsolete("For compatibility only: an instance is never seen in this status.")]
    Canceled,

    Terminated,

    /// <summary>Scheduled, and not begun.</summary>
    Pending,

    Suspended,
}

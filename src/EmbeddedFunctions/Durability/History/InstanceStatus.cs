namespace EmbeddedFunctions.Durability.History;

internal enum InstanceStatus
{
    Pending,
    Running,
    Suspended,
    Completed,
    Failed,
    Terminated,

    /// <summary>Being deleted; for everyone but who deletes it, it is gone.</summary>
    Purging,
}

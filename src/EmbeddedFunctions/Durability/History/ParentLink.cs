namespace EmbeddedFunctions.Durability.History;

/// <summary>The call that a sub-orchestration was started by, and so the only one that its result is for.</summary>
internal sealed record ParentLink(string Name, string InstanceId, string Generation, int Execution, int TaskId);

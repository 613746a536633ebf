using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>An instance that is to begin.</summary>
internal sealed record StartRequest(string Name, string InstanceId, Payload? Input)
{
    public DateTime? StartAt { get; init; }

    public ParentLink? Parent { get; init; }

    public TraceLink? Trace { get; init; }
}

using System.Text.Json.Serialization;

namespace EmbeddedFunctions.Durability.History;

/// <summary>
/// The row that says what an instance is. Replacing it, on condition that it is the version that was read, is what makes an episode happen: history rows
/// that it does not count do not exist.
/// </summary>
internal sealed record InstanceHead
{
    public required string Name { get; init; }

    public required string InstanceId { get; init; }

    /// <summary>New with every start; the same over continue-as-new. Messages are for one generation.</summary>
    public required string Generation { get; init; }

    /// <summary>Counts up with every start and every continue-as-new. Results of tasks are for one execution.</summary>
    public required int Execution { get; init; }

    /// <summary>How many rows of history this execution has.</summary>
    public int Episodes { get; init; }

    public required InstanceStatus Status { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    /// <summary>When it may begin; null for at once.</summary>
    public DateTime? StartAt { get; init; }

    public ParentLink? Parent { get; init; }

    /// <summary>What started it; null when that belonged to no trace.</summary>
    public TraceLink? Trace { get; init; }

    public Payload? Input { get; init; }

    public Payload? Output { get; init; }

    public Payload? CustomStatus { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>Whether what the last row of history sends (children, events, the result) may not have been delivered.</summary>
    public bool HasOutgoing { get; init; }

    /// <summary>Whether rows and blobs of earlier executions may be left.</summary>
    public bool HasGarbage { get; init; }

    /// <summary>Generations before this one whose blobs may be left.</summary>
    public IReadOnlyList<string> OldGenerations { get; init; } = [];

    /// <summary>Whose commit this is: tells a commit that was tried twice from one of somebody else.</summary>
    public string Commit { get; init; } = string.Empty;

    [JsonIgnore]
    public bool IsTerminal => Status is InstanceStatus.Completed or InstanceStatus.Failed or InstanceStatus.Terminated or InstanceStatus.Purging;
}

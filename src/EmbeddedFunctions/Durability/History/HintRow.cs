namespace EmbeddedFunctions.Durability.History;

/// <summary>An entry of the index: look at this instance.</summary>
internal sealed record HintRow(string InstanceId);

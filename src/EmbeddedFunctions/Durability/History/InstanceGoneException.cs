namespace EmbeddedFunctions.Durability.History;

/// <summary>What was read of an instance does not exist any more: it went on, was purged or was started anew meanwhile. Reading it again tells.</summary>
internal sealed class InstanceGoneException(string what) : Exception($"{what} does not exist any more.");

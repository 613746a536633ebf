using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>A result, and the execution that it is for.</summary>
internal sealed record TaskResult(int Execution, HistoryEvent Event);

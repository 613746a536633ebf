using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>How a task ended: with a result, which may be null, or a failure.</summary>
internal sealed record TaskOutcome(string? Result, Failure? Failure);

namespace DurableTask.Core.Exceptions;

/// <summary>A replay did something else than what its history says. It has the official name, which is seen in failure details.</summary>
internal sealed class NonDeterministicOrchestrationException(string message) : Exception(message);

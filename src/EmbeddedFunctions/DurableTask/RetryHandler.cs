namespace Microsoft.DurableTask;

/// <summary>Says whether a failed call is repeated. It is orchestrator code, and must be deterministic.</summary>
public delegate bool RetryHandler(RetryContext retryContext);

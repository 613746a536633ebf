namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the function returned. What a middleware puts here instead is what the client gets.</summary>
public abstract class InvocationResult : InvocationResult<object>;

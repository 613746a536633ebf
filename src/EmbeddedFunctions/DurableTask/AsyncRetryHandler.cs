namespace Microsoft.DurableTask;

/// <summary>As <see cref="RetryHandler"/>; it may wait for a timer of the context before it answers.</summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);

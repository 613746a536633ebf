namespace Microsoft.Azure.Functions.Worker;

/// <summary>One execution of one function, as its middleware and its parameters see it.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique to this execution.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Unique to the function, the same in every execution.</summary>
    public abstract string FunctionId { get; }

    public abstract TraceContext TraceContext { get; }

    public abstract BindingContext BindingContext { get; }

    /// <summary>Null for a function without a retry policy, although the official signature does not say so.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The services of this execution's own scope, which ends with it.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    public abstract FunctionDefinition FunctionDefinition { get; }

    public abstract IDictionary<object, object> Items { get; set; }

    public abstract IInvocationFeatures Features { get; }

    /// <summary>Cancelled when the client goes away or when <c>functionTimeout</c> of host.json has passed.</summary>
    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}

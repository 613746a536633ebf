namespace Microsoft.Azure.Functions.Worker;

public abstract class BindingContext
{
    /// <summary>What the trigger knows beside its payload. For HTTP: route values, query values, and the JSON of <c>Query</c> and <c>Headers</c>.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Features of one execution, keyed by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    void Set<T>(T instance);

    T? Get<T>();
}

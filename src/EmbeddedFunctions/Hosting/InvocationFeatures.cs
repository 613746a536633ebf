using System.Collections;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

internal sealed class InvocationFeatures(FunctionBindings bindings) : IInvocationFeatures
{
    // Nearly every execution asks for its bindings only, so the dictionary is made when something else is set.
    private Dictionary<Type, object>? _features;

    public T? Get<T>()
    {
        if (typeof(T) == typeof(FunctionBindings))
        {
            return (T)(object)bindings;
        }

        return _features is not null && _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;
    }

    public void Set<T>(T instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        (_features ??= [])[typeof(T)] = instance;
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => (_features ?? []).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Hosting.Durable;

/// <summary>The client of the hub, for functions of every trigger.</summary>
internal sealed class DurableClientBinding(DurableHub hub) : IInputBinding
{
    public Type Attribute => typeof(DurableClientAttribute);

    public string Type => "durableClient";

    public Func<FunctionContext, ValueTask<object?>>? Bind(ParameterInfo parameter, Action<string> refuse)
    {
        if (parameter.ParameterType != typeof(DurableTaskClient))
        {
            refuse($"the parameter '{parameter.Name}' must be a DurableTaskClient, not {parameter.ParameterType}.");
            return null;
        }

        hub.RefuseIfMissing(refuse);
        return _ => new(hub.Client);
    }
}

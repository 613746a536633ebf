using System.Reflection;
using EmbeddedFunctions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Tests.Triggers;

internal sealed class ManualInput : IInputBinding
{
    public Type Attribute => typeof(ManualInputAttribute);

    public string Type => "manualInput";

    public Func<FunctionContext, ValueTask<object?>>? Bind(ParameterInfo parameter, Action<string> refuse)
    {
        if (parameter.ParameterType == typeof(string))
        {
            return async context =>
            {
                await Task.Yield();
                return $"input of {context.FunctionDefinition.Name}";
            };
        }

        refuse($"'{parameter.Name}' must be a string.");
        return null;
    }
}

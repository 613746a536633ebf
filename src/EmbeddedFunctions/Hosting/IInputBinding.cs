using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>A binding that a function may have beside its trigger, whatever the trigger is.</summary>
internal interface IInputBinding
{
    /// <summary>The attribute of the parameters that it fills.</summary>
    Type Attribute { get; }

    /// <summary>The official name, such as <c>durableClient</c>.</summary>
    string Type { get; }

    /// <returns>What makes the value at each execution; null after a refusal.</returns>
    Func<FunctionContext, ValueTask<object?>>? Bind(ParameterInfo parameter, Action<string> refuse);
}

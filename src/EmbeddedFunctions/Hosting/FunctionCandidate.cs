using System.Reflection;

namespace EmbeddedFunctions.Hosting;

/// <summary>A function while it is being checked.</summary>
internal sealed class FunctionCandidate(string name, MethodInfo method, ParameterInfo trigger, bool isDisabled, Action<string> refuse)
{
    public string Name { get; } = name;

    public MethodInfo Method { get; } = method;

    /// <summary>The parameter with the trigger's attribute.</summary>
    public ParameterInfo Trigger { get; } = trigger;

    /// <summary>It will not run, so what it would need at run time may be missing.</summary>
    public bool IsDisabled { get; } = isDisabled;

    /// <param name="reason">A sentence after the function's name.</param>
    public void Refuse(string reason) => refuse(reason);
}

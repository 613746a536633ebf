using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

internal sealed class FunctionInvocationResult(FunctionBindings bindings) : InvocationResult
{
    // Read once, as the official one is: it shows the result at the time it was asked for, not a later one.
    private object? _value = bindings.InvocationResult;

    public override object? Value
    {
        get => _value;
        set => bindings.InvocationResult = _value = value;
    }
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>What started an execution that is no request: the trigger's value, and what it knows beside it.</summary>
/// <param name="value">What the trigger's parameter is made from; see <see cref="TriggerBinding.Value"/>.</param>
/// <param name="data">Strings, as the official worker has them; keys are compared without case.</param>
/// <param name="trace">See <see cref="FunctionBindings.Trace"/>.</param>
internal sealed class TriggerData(object? value, IReadOnlyDictionary<string, object?> data, ActivityContext trace = default) : FunctionBindings
{
    public object? Value { get; } = value;

    public override ActivityContext Trace => trace;

    public override BindingContext Context { get; } = new TriggerBindingContext(data);

    public override bool TryGetData(string name, [NotNullWhen(true)] out string? value)
    {
        value = Context.BindingData.TryGetValue(name, out var found) ? found?.ToString() : null;
        return value is not null;
    }
}

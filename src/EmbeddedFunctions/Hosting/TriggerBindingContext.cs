using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

internal sealed class TriggerBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
}

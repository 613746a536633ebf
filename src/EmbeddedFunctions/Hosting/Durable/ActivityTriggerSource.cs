using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting.Durable;

/// <summary>Activities. A parameter named instanceId gets the id of the instance that calls.</summary>
internal sealed class ActivityTriggerSource(DurableHub hub, DurableFunctions functions) : ITriggerSource
{
    public Type Attribute => typeof(ActivityTriggerAttribute);

    public TriggerBinding? Bind(FunctionCandidate candidate)
    {
        if (!candidate.IsDisabled)
        {
            hub.RefuseIfMissing(candidate.Refuse);
        }

        var type = candidate.Trigger.ParameterType;
        return new TriggerBinding
        {
            Type = "activityTrigger",
            Value = context => new(type == typeof(FunctionContext) ? context : Read(context, type)),
            DataNames = ["instanceId"],
            Serve = functions.AddActivity,
        };
    }

    public IEnumerable<string> FindConflicts() => [];

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private object? Read(FunctionContext context, Type type)
    {
        var input = (string?)((TriggerData)FunctionBindings.Of(context)).Value;
        return input is null && type.IsValueType ? Activator.CreateInstance(type) : hub.Converter.Deserialize(input, type);
    }
}

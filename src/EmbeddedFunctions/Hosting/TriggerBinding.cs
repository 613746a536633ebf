using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>How one function is started and what its trigger gives it, as the source of that kind of trigger decided from its declaration.</summary>
internal sealed record TriggerBinding
{
    /// <summary>The official name of the kind, such as <c>httpTrigger</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Makes the trigger parameter's value at each execution, inside the middleware. What it throws fails the execution.</summary>
    public required Func<FunctionContext, ValueTask<object?>> Value { get; init; }

    /// <summary>Names in the binding data, each of which a parameter may have.</summary>
    public IReadOnlyList<string> DataNames { get; init; } = [];

    /// <summary>The official name of what becomes of a returned value, such as <c>http</c>; null when nothing is made of it.</summary>
    public string? ResultType { get; init; }

    /// <summary>Takes the function in. Called once, before the host starts, when nothing speaks against the function.</summary>
    public required Action<AppFunction> Serve { get; init; }

    /// <summary>The value that the source gave to <see cref="FunctionRunner.RunAsync"/>.</summary>
    public static ValueTask<object?> GivenValue(FunctionContext context) => new(((TriggerData)FunctionBindings.Of(context)).Value);
}

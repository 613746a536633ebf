using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting;

/// <summary>A function that passed every check: how it is called and named.</summary>
internal sealed class AppFunction(string name, MethodInfo method, IEnumerable<DeclaredBinding> inputs, DeclaredBinding? result) : FunctionDefinition
{
    public required FunctionInvoker Invoker { get; init; }

    /// <summary>Category <c>Function.Name</c>, which is what host.json filters by.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>It keeps its place, such as its route, and is never run, as on the official host.</summary>
    public required bool IsDisabled { get; init; }

    public override string Name { get; } = name;

    public override string Id => Name;

    public override string PathToAssembly { get; } = method.DeclaringType!.Assembly.Location;

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override ImmutableArray<FunctionParameter> Parameters { get; } = [.. method.GetParameters().Select(ParameterBinder.Describe)];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } = Named(inputs);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = Named(result is null ? [] : [result]);

    private static ImmutableDictionary<string, BindingMetadata> Named(IEnumerable<BindingMetadata> bindings) =>
        bindings.ToImmutableDictionary(binding => binding.Name);
}

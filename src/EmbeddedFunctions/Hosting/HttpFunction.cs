using System.Collections.Immutable;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting;

/// <summary>A function that passed every check: how it is found, called and named.</summary>
internal sealed class HttpFunction(string name, MethodInfo method, ParameterInfo trigger) : FunctionDefinition
{
    public required HttpRoute Route { get; init; }

    public required FunctionInvoker Invoker { get; init; }

    /// <summary>Category <c>Function.Name</c>, which is what host.json filters by.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Set on each request, for whoever reads the endpoint: telemetry takes its route from it.</summary>
    public required Endpoint Endpoint { get; init; }

    /// <summary>A disabled function keeps its route and answers 404, as on the official host.</summary>
    public required bool IsDisabled { get; init; }

    public override string Name { get; } = name;

    public override string Id => Name;

    public override string PathToAssembly { get; } = method.DeclaringType!.Assembly.Location;

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override ImmutableArray<FunctionParameter> Parameters { get; } = [.. method.GetParameters().Select(ParameterBinder.Describe)];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        Only(new HttpBindingMetadata(trigger.Name!, "httpTrigger", BindingDirection.In));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = FunctionResult.HasValue(method.ReturnType)
        ? Only(new HttpBindingMetadata("$return", "http", BindingDirection.Out))
        : ImmutableDictionary<string, BindingMetadata>.Empty;

    private static ImmutableDictionary<string, BindingMetadata> Only(HttpBindingMetadata binding) =>
        ImmutableDictionary<string, BindingMetadata>.Empty.Add(binding.Name, binding);
}

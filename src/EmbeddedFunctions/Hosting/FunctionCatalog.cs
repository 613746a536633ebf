using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting;

/// <summary>Finds the functions of the app and refuses what cannot be served, all of it at once and at the start.</summary>
internal sealed class FunctionCatalog(
    IReadOnlyList<ITriggerSource> sources, IReadOnlyList<IInputBinding> inputs, IConfiguration configuration, ILoggerFactory loggers)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly List<string> _problems = [];

    /// <summary>Hands each function to the source of its trigger, in the order of their names.</summary>
    /// <exception cref="InvalidOperationException">A function cannot be served.</exception>
    public void Load(IEnumerable<Type> types)
    {
        var methods = types
            .Where(type => type.Name[0] != '<')
            .SelectMany(type => type.GetMethods(Declared))
            .Where(method => method.IsDefined(typeof(FunctionAttribute), inherit: false))
            .Select(method => (Method: method, method.GetCustomAttribute<FunctionAttribute>()!.Name))
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        foreach (var duplicate in methods.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            _problems.Add($"{duplicate.Key}: {string.Join(" and ", duplicate.Select(function => Describe(function.Method)))} have this name.");
        }

        foreach (var (method, name) in methods)
        {
            Load(name, method);
        }

        _problems.AddRange(sources.SelectMany(source => source.FindConflicts()));
        if (_problems.Count > 0)
        {
            throw new InvalidOperationException("The app cannot start:" + string.Concat(_problems.Select(problem => $"{Environment.NewLine}- {problem}")));
        }
    }

    private void Load(string name, MethodInfo method)
    {
        var before = _problems.Count;
        void Refuse(string reason) => _problems.Add($"{name} ({Describe(method)}): {reason}");

        foreach (var reason in FunctionRules.Check(name, method))
        {
            Refuse(reason);
        }

        // Asked once: while two threads ask a method for the first time, a second answer may be other objects than the first.
        var parameters = method.GetParameters();
        var triggers = parameters.Where(parameter => parameter.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        if (triggers.Count != 1)
        {
            Refuse(triggers.Count == 0 ? "it has no trigger." : "it has more than one trigger.");
            return;
        }

        var isDisabled = IsTrue(configuration[$"AzureWebJobs.{name}.Disabled"]) || IsTrue(configuration[$"AzureWebJobs_{name}_Disabled"]);
        var source = sources.Single(source => triggers[0].IsDefined(source.Attribute));
        if (source.Bind(new FunctionCandidate(name, method, triggers[0], isDisabled, Refuse)) is not { } binding)
        {
            return;
        }

        var declared = new List<DeclaredBinding> { new(triggers[0].Name!, binding.Type, BindingDirection.In) };
        var binders = BindParameters(parameters, triggers[0], binding, declared, Refuse);
        if (_problems.Count == before)
        {
            var hasResult = binding.ResultType is not null && FunctionResult.HasValue(method.ReturnType);
            binding.Serve(new AppFunction(name, method, declared, hasResult ? new DeclaredBinding("$return", binding.ResultType!, BindingDirection.Out) : null)
            {
                Invoker = new FunctionInvoker(method, binders),
                Logger = loggers.CreateLogger($"Function.{name}"),
                IsDisabled = isDisabled,
            });
        }
    }

    private ParameterBinder[] BindParameters(
        ParameterInfo[] parameters, ParameterInfo trigger, TriggerBinding binding, List<DeclaredBinding> declared, Action<string> refuse)
    {
        var binders = new List<ParameterBinder>();
        foreach (var parameter in parameters)
        {
            if (parameter == trigger)
            {
                binders.Add(new ParameterBinder(ParameterBinder.Describe(parameter), binding.Value));
            }
            else if (inputs.FirstOrDefault(input => parameter.IsDefined(input.Attribute)) is { } input)
            {
                declared.Add(new DeclaredBinding(parameter.Name!, input.Type, BindingDirection.In));
                binders.Add(new ParameterBinder(ParameterBinder.Describe(parameter), input.Bind(parameter, refuse)));
            }
            else if (ParameterBinder.For(parameter, binding.DataNames) is { } binder)
            {
                binders.Add(binder);
            }
            else
            {
                refuse($"nothing binds the parameter '{parameter.Name}' of type {parameter.ParameterType}: it is {Explain(binding.DataNames)}. "
                    + "Services come through the constructor, query values from HttpRequest.Query.");
            }
        }

        return [.. binders];
    }

    private static string Explain(IReadOnlyList<string> names) =>
        names.Count == 0 ? "no part of the trigger" : $"none of what the trigger knows ({string.Join(", ", names)})";

    private static bool IsTrue(string? setting) => setting == "1" || (bool.TryParse(setting, out var value) && value);

    private static string Describe(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}

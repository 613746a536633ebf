using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting;

/// <summary>Finds the functions of the app and refuses what cannot be served, all of it at once and at the start.</summary>
internal sealed class FunctionCatalog(
    HostJson hostJson, IConfiguration configuration, ILoggerFactory loggers, IInlineConstraintResolver constraints, bool hasAspNetCoreIntegration)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] ReservedPrefixes = ["admin", "runtime"];

    private readonly List<string> _problems = [];

    /// <returns>The functions in the order in which their routes are tried.</returns>
    /// <exception cref="InvalidOperationException">A function cannot be served.</exception>
    public IReadOnlyList<HttpFunction> Load(IEnumerable<Type> types)
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

        var functions = methods.Select(function => Create(function.Name, function.Method)).OfType<HttpFunction>().ToList();
        for (var index = 1; index < functions.Count; index++)
        {
            if (functions.Take(index).FirstOrDefault(earlier => earlier.Route.ConflictsWith(functions[index].Route)) is { } earlier)
            {
                _problems.Add($"{functions[index].Name}: {earlier.Name} has the same route '{earlier.Route.Template}' and a method in common.");
            }
        }

        return _problems.Count == 0
            ? functions
            : throw new InvalidOperationException("The app cannot start:" + string.Concat(_problems.Select(problem => $"{Environment.NewLine}- {problem}")));
    }

    private HttpFunction? Create(string name, MethodInfo method)
    {
        var before = _problems.Count;
        void Refuse(string reason) => _problems.Add($"{name} ({Describe(method)}): {reason}");

        foreach (var reason in FunctionRules.Check(name, method))
        {
            Refuse(reason);
        }

        var triggers = method.GetParameters().Where(parameter => parameter.IsDefined(typeof(HttpTriggerAttribute))).ToList();
        if (triggers.Count != 1)
        {
            Refuse(triggers.Count == 0
                ? "it has no HTTP trigger, the only one that the embedded runtime has."
                : "it has more than one HTTP trigger.");
            return null;
        }

        if (!hasAspNetCoreIntegration)
        {
            Refuse("an HTTP function needs ConfigureFunctionsWebApplication().");
        }

        var trigger = triggers[0].GetCustomAttribute<HttpTriggerAttribute>()!;
        foreach (var reason in FunctionRules.CheckTrigger(triggers[0], trigger))
        {
            Refuse(reason);
        }

        if (ParseRoute(name, trigger, Refuse) is not { } route)
        {
            return null;
        }

        var binders = BindParameters(method, route, Refuse);
        return _problems.Count == before ? Describe(name, method, triggers[0], trigger, route, binders) : null;
    }

    private HttpRoute? ParseRoute(string name, HttpTriggerAttribute trigger, Action<string> refuse)
    {
        var suffix = string.IsNullOrEmpty(trigger.Route) ? name : trigger.Route;
        var template = hostJson.RoutePrefix.Length == 0 ? suffix : $"{hostJson.RoutePrefix}/{suffix}";
        if (ReservedPrefixes.Any(reserved => suffix.TrimStart('/').StartsWith(reserved, StringComparison.OrdinalIgnoreCase)))
        {
            refuse($"the route '{suffix}' begins with {string.Join(" or ", ReservedPrefixes)}, which the official host keeps for itself.");
        }

        try
        {
            return new HttpRoute(template, trigger.Methods, constraints);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or RouteCreationException)
        {
            refuse($"the route '{template}' is not valid: {exception.Message}");
            return null;
        }
    }

    private static ParameterBinder[] BindParameters(MethodInfo method, HttpRoute route, Action<string> refuse)
    {
        var binders = new List<ParameterBinder>();
        foreach (var parameter in method.GetParameters())
        {
            if (ParameterBinder.For(parameter, route.Parameters) is { } binder)
            {
                binders.Add(binder);
            }
            else if (!parameter.IsDefined(typeof(HttpTriggerAttribute)))
            {
                refuse($"nothing binds the parameter '{parameter.Name}' of type {parameter.ParameterType}: it is no part of the route '{route.Template}'. "
                    + "Services come through the constructor, query values from HttpRequest.Query.");
            }
        }

        return [.. binders];
    }

    private HttpFunction Describe(
        string name, MethodInfo method, ParameterInfo parameter, HttpTriggerAttribute trigger, HttpRoute route, ParameterBinder[] binders)
    {
        var endpoint = new RouteEndpointBuilder(context => throw new InvalidOperationException($"{name} is run by the functions runtime only."),
            RoutePatternFactory.Parse(route.Template), order: 0) { DisplayName = name };
        endpoint.Metadata.Add(new HttpMethodMetadata(trigger.Methods ?? []));
        return new HttpFunction(name, method, parameter)
        {
            Route = route,
            Invoker = new FunctionInvoker(method, binders),
            Logger = loggers.CreateLogger($"Function.{name}"),
            Endpoint = endpoint.Build(),
            IsDisabled = IsTrue(configuration[$"AzureWebJobs.{name}.Disabled"]) || IsTrue(configuration[$"AzureWebJobs_{name}_Disabled"]),
        };
    }

    private static bool IsTrue(string? setting) => setting == "1" || (bool.TryParse(setting, out var value) && value);

    private static string Describe(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}

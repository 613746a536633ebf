using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>HTTP functions. Kestrel starts and stops them: the requests come in through <see cref="HttpDispatcher"/>.</summary>
internal sealed class HttpTriggerSource(string routePrefix, IInlineConstraintResolver constraints, bool hasAspNetCoreIntegration) : ITriggerSource
{
    private static readonly string[] ReservedPrefixes = ["admin", "runtime"];

    private readonly List<HttpFunction> _functions = [];

    public Type Attribute => typeof(HttpTriggerAttribute);

    /// <summary>In the order in which their routes are tried.</summary>
    public IReadOnlyList<HttpFunction> Functions => _functions;

    public TriggerBinding? Bind(FunctionCandidate candidate)
    {
        if (!hasAspNetCoreIntegration)
        {
            candidate.Refuse("an HTTP function needs ConfigureFunctionsWebApplication().");
        }

        if (!FunctionResult.IsHttpResult(candidate.Method.ReturnType))
        {
            candidate.Refuse($"it must return nothing, an IResult or an IActionResult, or a task of one, not {candidate.Method.ReturnType}.");
        }

        var trigger = candidate.Trigger.GetCustomAttribute<HttpTriggerAttribute>()!;
        foreach (var reason in Check(candidate.Trigger, trigger))
        {
            candidate.Refuse(reason);
        }

        return ParseRoute(candidate, trigger) is not { } route ? null : new TriggerBinding
        {
            Type = "httpTrigger",
            Value = context => new(context.GetHttpContext()?.Request),
            DataNames = route.Parameters,
            ResultType = "http",
            Serve = function => _functions.Add(new HttpFunction(function, route, CreateEndpoint(function.Name, route, trigger))),
        };
    }

    public IEnumerable<string> FindConflicts()
    {
        for (var index = 1; index < _functions.Count; index++)
        {
            if (_functions.Take(index).FirstOrDefault(earlier => earlier.Route.ConflictsWith(_functions[index].Route)) is { } earlier)
            {
                yield return $"{_functions[index].Definition.Name}: {earlier.Definition.Name} has the same route '{earlier.Route.Template}' and a method in common.";
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<string> Check(ParameterInfo parameter, HttpTriggerAttribute trigger)
    {
        if (parameter.ParameterType != typeof(HttpRequest))
        {
            yield return $"the trigger parameter '{parameter.Name}' must be an HttpRequest, not {parameter.ParameterType}.";
        }

        if (trigger.AuthLevel != AuthorizationLevel.Anonymous)
        {
            yield return $"AuthorizationLevel.{trigger.AuthLevel} is not supported: the embedded runtime keeps no keys. Use Anonymous and check callers in a middleware.";
        }

        foreach (var method in (trigger.Methods ?? []).Where(string.IsNullOrWhiteSpace))
        {
            yield return $"'{method}' is no HTTP method.";
        }
    }

    private HttpRoute? ParseRoute(FunctionCandidate candidate, HttpTriggerAttribute trigger)
    {
        var suffix = string.IsNullOrEmpty(trigger.Route) ? candidate.Name : trigger.Route;
        var template = routePrefix.Length == 0 ? suffix : $"{routePrefix}/{suffix}";
        if (ReservedPrefixes.Any(reserved => suffix.TrimStart('/').StartsWith(reserved, StringComparison.OrdinalIgnoreCase)))
        {
            candidate.Refuse($"the route '{suffix}' begins with {string.Join(" or ", ReservedPrefixes)}, which the official host keeps for itself.");
        }

        try
        {
            return new HttpRoute(template, trigger.Methods, constraints);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or RouteCreationException)
        {
            candidate.Refuse($"the route '{template}' is not valid: {exception.Message}");
            return null;
        }
    }

    private static Endpoint CreateEndpoint(string name, HttpRoute route, HttpTriggerAttribute trigger)
    {
        var endpoint = new RouteEndpointBuilder(context => throw new InvalidOperationException($"{name} is run by the functions runtime only."),
            RoutePatternFactory.Parse(route.Template), order: 0) { DisplayName = name };
        endpoint.Metadata.Add(new HttpMethodMetadata(trigger.Methods ?? []));
        return endpoint.Build();
    }
}

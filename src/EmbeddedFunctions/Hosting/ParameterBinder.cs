using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// Fills one parameter of a function. Rules, messages' order and exception are those of DefaultFunctionInputBindingFeature of the official worker, but
/// a cancellation token or request is never taken from a query value that happens to have the parameter's name.
/// </summary>
internal sealed class ParameterBinder(FunctionParameter parameter, bool isRouteValue)
{
    public static FunctionParameter Describe(ParameterInfo parameter) =>
        new(parameter.Name!, parameter.ParameterType, parameter.HasDefaultValue, parameter.DefaultValue);

    /// <summary>Null when nothing can fill the parameter.</summary>
    public static ParameterBinder? For(ParameterInfo parameter, IReadOnlyList<string> routeParameters)
    {
        var type = parameter.ParameterType;
        var isSpecial = type == typeof(FunctionContext) || type == typeof(CancellationToken) || type == typeof(CancellationToken?)
            || (type == typeof(HttpRequest) && parameter.IsDefined(typeof(HttpTriggerAttribute)));
        var isRouteValue = !isSpecial && routeParameters.Contains(parameter.Name!, StringComparer.OrdinalIgnoreCase);
        return isSpecial || isRouteValue
            ? new ParameterBinder(Describe(parameter), isRouteValue)
            : null;
    }

    /// <exception cref="FunctionInputConverterException">A value does not convert, or one is missing that cannot be null.</exception>
    public static object?[] BindAll(ParameterBinder[] parameters, FunctionContext context, string functionName)
    {
        var arguments = new object?[parameters.Length];
        List<string>? errors = null;
        for (var index = 0; index < arguments.Length; index++)
        {
            if (parameters[index].Bind(context, out arguments[index]) is { } error)
            {
                (errors ??= []).Add(error);
            }
        }

        return errors is null
            ? arguments
            : throw new FunctionInputConverterException(
                $"Error converting {errors.Count} input parameters for Function '{functionName}': {string.Join(Environment.NewLine, errors)}");
    }

    private string? Bind(FunctionContext context, out object? value)
    {
        if (!isRouteValue)
        {
            value = parameter.Type == typeof(HttpRequest) ? context.GetHttpContext()?.Request
                : parameter.Type == typeof(FunctionContext) ? context
                : context.CancellationToken;
            return null;
        }

        // A route value that is absent may still come from the query, since binding data holds both.
        var request = FunctionBindings.Of(context).HttpContext.Request;
        var source = request.RouteValues.TryGetValue(parameter.Name, out var routeValue) && routeValue is not null ? routeValue.ToString()
            : request.Query.TryGetValue(parameter.Name, out var queryValue) ? queryValue.ToString()
            : null;
        if (source is not null)
        {
            return RouteValueConverter.TryConvert(source, parameter.Type, out value, out var error)
                ? null
                : $"Cannot convert input parameter '{parameter.Name}' to type '{parameter.Type.FullName}' from type '{typeof(string).FullName}'. Error:{error}";
        }

        value = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        return parameter.HasDefaultValue || parameter.IsReferenceOrNullableType
            ? null
            : $"Could not populate the value for '{parameter.Name}' parameter. Consider adding a default value or making the parameter nullable.";
    }
}

using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// Fills one parameter of a function. Rules, messages' order and exception are those of DefaultFunctionInputBindingFeature of the official worker, but
/// a cancellation token or request is never taken from a query value that happens to have the parameter's name.
/// </summary>
/// <param name="parameter">The parameter.</param>
/// <param name="read">Makes its value; null for one that comes from the binding data under its name.</param>
internal sealed class ParameterBinder(FunctionParameter parameter, Func<FunctionContext, ValueTask<object?>>? read)
{
    public static FunctionParameter Describe(ParameterInfo parameter) =>
        new(parameter.Name!, parameter.ParameterType, parameter.HasDefaultValue, parameter.DefaultValue);

    /// <summary>Null when nothing of what every trigger has, nor its binding data, can fill the parameter.</summary>
    public static ParameterBinder? For(ParameterInfo parameter, IReadOnlyList<string> dataNames)
    {
        var type = parameter.ParameterType;
        return type == typeof(FunctionContext) ? new ParameterBinder(Describe(parameter), context => new(context))
            : type == typeof(CancellationToken) || type == typeof(CancellationToken?) ? new ParameterBinder(Describe(parameter), context => new(context.CancellationToken))
            : dataNames.Contains(parameter.Name!, StringComparer.OrdinalIgnoreCase) ? new ParameterBinder(Describe(parameter), read: null)
            : null;
    }

    /// <exception cref="FunctionInputConverterException">A value does not convert, or one is missing that cannot be null.</exception>
    public static async ValueTask<object?[]> BindAllAsync(ParameterBinder[] parameters, FunctionContext context, string functionName)
    {
        var arguments = new object?[parameters.Length];
        List<string>? errors = null;
        for (var index = 0; index < arguments.Length; index++)
        {
            var (value, error) = await parameters[index].BindAsync(context);
            arguments[index] = value;
            if (error is not null)
            {
                (errors ??= []).Add(error);
            }
        }

        return errors is null
            ? arguments
            : throw new FunctionInputConverterException(
                $"Error converting {errors.Count} input parameters for Function '{functionName}': {string.Join(Environment.NewLine, errors)}");
    }

    private ValueTask<(object? Value, string? Error)> BindAsync(FunctionContext context) =>
        read is null ? new(BindData(FunctionBindings.Of(context))) : ReadAsync(read, context);

    private async ValueTask<(object? Value, string? Error)> ReadAsync(Func<FunctionContext, ValueTask<object?>> read, FunctionContext context)
    {
        try
        {
            return (await read(context), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (null, $"Cannot convert input parameter '{parameter.Name}' to type '{parameter.Type.FullName}'. Error:{exception}");
        }
    }

    private (object? Value, string? Error) BindData(FunctionBindings bindings)
    {
        if (bindings.TryGetData(parameter.Name, out var source))
        {
            return BindingDataConverter.TryConvert(source, parameter.Type, out var value, out var error)
                ? (value, null)
                : (null, $"Cannot convert input parameter '{parameter.Name}' to type '{parameter.Type.FullName}' from type '{typeof(string).FullName}'. Error:{error}");
        }

        return parameter.HasDefaultValue ? (parameter.DefaultValue, null)
            : parameter.IsReferenceOrNullableType ? (null, null)
            : (null, $"Could not populate the value for '{parameter.Name}' parameter. Consider adding a default value or making the parameter nullable.");
    }
}

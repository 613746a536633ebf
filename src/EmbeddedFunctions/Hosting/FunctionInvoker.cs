using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Hosting;

/// <summary>Calls the method of a function. The delegates are compiled by the first call, which keeps them out of the start.</summary>
internal sealed class FunctionInvoker(MethodInfo method, ParameterBinder[] parameters)
{
    private readonly Lazy<Func<object?, object?[], ValueTask<object?>>> _call = new(() => Compile(method));
    private readonly Lazy<ObjectFactory> _factory = new(() => ActivatorUtilities.CreateFactory(method.DeclaringType!, []));

    /// <summary>The pipeline's last step. Arguments come before the instance, as in the executor that the official SDK generates.</summary>
    public static async Task InvokeAsync(FunctionContext context)
    {
        var function = (AppFunction)context.FunctionDefinition;
        var bindings = FunctionBindings.Of(context);
        bindings.InvocationResult = await function.Invoker.InvokeAsync(context, function.Name);
    }

    private async ValueTask<object?> InvokeAsync(FunctionContext context, string name)
    {
        var arguments = await ParameterBinder.BindAllAsync(parameters, context, name);
        // As in the official worker, the instance is not disposed; what it was given from the scope is.
        var instance = method.IsStatic ? null : _factory.Value(context.InstanceServices, []);
        return await _call.Value(instance, arguments);
    }

    private static Func<object?, object?[], ValueTask<object?>> Compile(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var call = Expression.Call(
            method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, index) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType)));
        return Expression.Lambda<Func<object?, object?[], ValueTask<object?>>>(FunctionResult.Await(call), instance, arguments).Compile();
    }
}

using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// Calls the method of a function, by reflection's own invokers: to compile expression trees would cost the first call its time. They are made by the first call,
/// which keeps them out of the start.
/// </summary>
internal sealed class FunctionInvoker(MethodInfo method, ParameterBinder[] parameters)
{
    private readonly Lazy<MethodInvoker> _method = new(() => MethodInvoker.Create(method));
    private readonly Lazy<Func<object?, ValueTask<object?>>> _awaiter = new(() => FunctionResult.Awaiter(method.ReturnType));

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
        var instance = method.IsStatic ? null : ActivatorUtilities.CreateInstance(context.InstanceServices, method.DeclaringType!);
        return await _awaiter.Value(_method.Value.Invoke(instance, arguments.AsSpan()));
    }
}

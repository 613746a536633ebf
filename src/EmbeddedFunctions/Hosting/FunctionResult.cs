using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace EmbeddedFunctions.Hosting;

/// <summary>The return types of functions, and how each becomes one kind of result.</summary>
internal static class FunctionResult
{
    /// <summary>Nothing, an <see cref="IResult"/> or an <see cref="IActionResult"/>, each as it is or in a Task or ValueTask.</summary>
    public static bool IsHttpResult(Type type)
    {
        if (!HasValue(type))
        {
            return true;
        }

        var value = IsGenericTask(type) ? type.GetGenericArguments()[0] : type;
        return value.IsAssignableTo(typeof(IResult)) || value.IsAssignableTo(typeof(IActionResult));
    }

    /// <summary>False for nothing, a Task and a ValueTask.</summary>
    public static bool HasValue(Type type) => type != typeof(void) && type != typeof(Task) && type != typeof(ValueTask);

    public static Expression Await(MethodCallExpression call)
    {
        if (call.Type == typeof(void))
        {
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        }

        if (IsGenericTask(call.Type))
        {
            var generic = call.Type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(OfTaskWithValueAsync) : nameof(OfValueTaskWithValueAsync);
            return Expression.Call(Method(generic).MakeGenericMethod(call.Type.GetGenericArguments()), call);
        }

        return call.Type == typeof(Task) ? Expression.Call(Method(nameof(OfTaskAsync)), call)
            : call.Type == typeof(ValueTask) ? Expression.Call(Method(nameof(OfValueTaskAsync)), call)
            : Expression.New(typeof(ValueTask<object?>).GetConstructor([typeof(object)])!, Expression.Convert(call, typeof(object)));
    }

    private static bool IsGenericTask(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static MethodInfo Method(string name) => typeof(FunctionResult).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async ValueTask<object?> OfTaskAsync(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> OfValueTaskAsync(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> OfTaskWithValueAsync<T>(Task<T> task) => await task;

    private static async ValueTask<object?> OfValueTaskWithValueAsync<T>(ValueTask<T> task) => await task;
}

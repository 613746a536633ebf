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

    /// <summary>What waits for a result of the type, and gives the value that comes of it.</summary>
    public static Func<object?, ValueTask<object?>> Awaiter(Type type)
    {
        if (IsGenericTask(type))
        {
            var generic = type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(OfTaskWithValueAsync) : nameof(OfValueTaskWithValueAsync);
            return typeof(FunctionResult).GetMethod(generic, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments())
                .CreateDelegate<Func<object?, ValueTask<object?>>>();
        }

        return type == typeof(Task) ? OfTaskAsync
            : type == typeof(ValueTask) ? OfValueTaskAsync
            : static result => new(result);
    }

    private static bool IsGenericTask(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static async ValueTask<object?> OfTaskAsync(object? task)
    {
        await (Task)task!;
        return null;
    }

    private static async ValueTask<object?> OfValueTaskAsync(object? task)
    {
        await (ValueTask)task!;
        return null;
    }

    private static async ValueTask<object?> OfTaskWithValueAsync<T>(object? task) => await (Task<T>)task!;

    private static async ValueTask<object?> OfValueTaskWithValueAsync<T>(object? task) => await (ValueTask<T>)task!;
}

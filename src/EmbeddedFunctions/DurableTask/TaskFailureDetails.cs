using System.Reflection;

namespace Microsoft.DurableTask;

/// <summary>A failure as history keeps it.</summary>
/// <param name="ErrorType">The full name of the exception type.</param>
/// <param name="ErrorMessage">The message of the exception.</param>
/// <param name="StackTrace">Where it was thrown.</param>
/// <param name="InnerFailure">Of the inner exception; of the failed task when a <see cref="TaskFailedException"/> left an orchestrator.</param>
/// <param name="Properties">Always null here.</param>
public record TaskFailureDetails(
    string ErrorType, string ErrorMessage, string? StackTrace, TaskFailureDetails? InnerFailure, IDictionary<string, object?>? Properties)
{
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    /// <summary>Whether the failure is a <typeparamref name="T"/> or derived from it. False when <see cref="ErrorType"/> names no loaded type.</summary>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies have a type of this name.</exception>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <inheritdoc cref="IsCausedBy{T}"/>
    /// <exception cref="ArgumentException"><paramref name="targetBaseExceptionType"/> is not an exception type.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        return targetBaseExceptionType.IsAssignableTo(typeof(Exception))
            ? FindType(targetBaseExceptionType) is { } type && type.IsAssignableTo(targetBaseExceptionType)
            : throw new ArgumentException($"{targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
    }

    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var inner = exception is TaskFailedException task ? task.FailureDetails
            : exception.InnerException is { } cause ? FromException(cause)
            : null;
        return new TaskFailureDetails(exception.GetType().ToString(), exception.Message ?? string.Empty, exception.StackTrace, inner, null);
    }

    private Type? FindType(Type target)
    {
        if (string.IsNullOrEmpty(ErrorType))
        {
            return null;
        }

        if ((Type.GetType(ErrorType, throwOnError: false) ?? target.Assembly.GetType(ErrorType, throwOnError: false)) is { } found)
        {
            return found;
        }

        var types = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(ErrorType, throwOnError: false))
            .OfType<Type>()
            .ToList();
        return types.Count > 1 ? throw new AmbiguousMatchException($"Several loaded types are named '{ErrorType}'.") : types.SingleOrDefault();
    }
}

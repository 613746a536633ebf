using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// What a function of any trigger must be. The official SDK's generators skip some of these without a word and others fail at the first call; here each one is
/// refused, so that what runs here runs there.
/// </summary>
internal static partial class FunctionRules
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    public static IEnumerable<string> Check(string name, MethodInfo method)
    {
        var type = method.DeclaringType!;
        if (!ValidName().IsMatch(name) || name.Equals("host", StringComparison.OrdinalIgnoreCase))
        {
            yield return "a name is a letter and up to 127 letters, digits, '-' and '_', and not 'host'.";
        }

        if (!method.IsPublic || !type.IsVisible)
        {
            yield return "the method and its class must be public.";
        }

        // A static class is abstract to the runtime, and is fine.
        if (type is { IsAbstract: true, IsSealed: false } || !type.IsClass)
        {
            yield return "its class must be a class that is not abstract.";
        }

        if (method.ContainsGenericParameters)
        {
            yield return "neither the method nor its class may be generic.";
        }

        if (type.GetMethods(Members).Count(other => other.Name == method.Name) > 1)
        {
            yield return "the method must not be overloaded.";
        }

        if (method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
        {
            yield return "a parameter must not be ref, in or out.";
        }

        if (IsAsyncVoid(method))
        {
            yield return "it must return a task, not async void.";
        }
    }

    private static bool IsAsyncVoid(MethodInfo method) => method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute));

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_-]{0,127}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValidName();
}

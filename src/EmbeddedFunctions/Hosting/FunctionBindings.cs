using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>What goes into and comes out of one execution; a feature, so that it survives a middleware that wraps the context.</summary>
internal abstract class FunctionBindings
{
    /// <summary>Null unless a request started the execution.</summary>
    public virtual HttpContext? HttpContext => null;

    public abstract BindingContext Context { get; }

    /// <summary>What started the execution; default when that belonged to no trace, or is the current activity.</summary>
    public virtual ActivityContext Trace => default;

    public object? InvocationResult { get; set; }

    public static FunctionBindings Of(FunctionContext context) =>
        context.Features.Get<FunctionBindings>() ?? throw new InvalidOperationException("The context has no bindings: it was not made by the runtime.");

    /// <summary>One value of the binding data, for a parameter of that name.</summary>
    public abstract bool TryGetData(string name, [NotNullWhen(true)] out string? value);
}

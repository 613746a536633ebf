using EmbeddedFunctions.Hosting;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>What the function returned so far: null before it ran and for one that writes the response itself.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) => new FunctionInvocationResult(FunctionBindings.Of(context));
}

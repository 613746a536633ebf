using EmbeddedFunctions.Durability.Tracing;
using EmbeddedFunctions.Hosting;
using OpenTelemetry;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

public static class ConfigureFunctionsOpenTelemetry
{
    /// <summary>
    /// Listens to the spans of function executions, and to those of orchestrations that on Azure the host exports: there is no host beside this process.
    /// </summary>
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithTracing(traces => traces.AddSource(FunctionRunner.ActivitySourceName, DurableSpans.HostSource));
    }
}

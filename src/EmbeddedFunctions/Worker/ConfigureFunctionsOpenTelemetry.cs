using EmbeddedFunctions.Hosting;
using OpenTelemetry;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

public static class ConfigureFunctionsOpenTelemetry
{
    /// <summary>Listens to the spans of function executions. There is no host beside this process that would have to be told.</summary>
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithTracing(traces => traces.AddSource(FunctionRunner.ActivitySourceName));
    }
}

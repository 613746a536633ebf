using System.Diagnostics;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace VoiceFunctions.Telemetry;

internal static class TelemetryServiceCollectionExtensions
{
    /// <summary>OpenTelemetry's own setting (https://opentelemetry.io/docs/specs/otel/protocol/exporter/), and those that go with it.</summary>
    public const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Azure Monitor's own setting, which the Functions host reads too.</summary>
    public const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>What durable functions call their sources: the client's, and the one of what runs orchestrations, which on Azure is the host's and exported by it (docs/durable.md).</summary>
    private static readonly string[] DurableTask = ["Microsoft.DurableTask", "DurableTask.Core"];

    /// <summary>Traces, metrics and logs to where the settings say: a collector, Azure Monitor or both. Without such a setting there is nothing of it.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var toCollector = !string.IsNullOrEmpty(configuration[Collector]);
        var toAzure = !string.IsNullOrEmpty(configuration[AzureMonitor]);
        if (toCollector || toAzure)
        {
            Export(services, configuration, toCollector, toAzure);
        }

        return services;
    }

    // A method of its own, so that the assemblies of OpenTelemetry are only loaded when they are used.
    private static void Export(IServiceCollection services, IConfiguration configuration, bool toCollector, bool toAzure)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(VoiceMeter.Name, serviceVersion: typeof(VoiceMeter).Assembly.GetName().Version?.ToString(3))
                .AddEnvironmentVariableDetector())
            .UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces
                .AddSource([VoiceMeter.Name, .. DurableTask])
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = _ => VoiceActivities.IsWithinAttempt(Activity.Current)))
            .WithMetrics(metrics => metrics.AddMeter(VoiceMeter.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
            .WithLogging(configureBuilder: null, logs => logs.IncludeFormattedMessage = true);
        if (toCollector)
        {
            telemetry.UseOtlpExporter();
        }

        if (toAzure)
        {
            telemetry.UseAzureMonitorExporter(options => options.Credential = AzureMonitorCredential.Of(configuration));
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace EmbeddedFunctions.Tests.Worker;

public sealed class ConfigureFunctionsOpenTelemetryTests
{
    [Theory]
    [InlineData("Microsoft.Azure.Functions.Worker")]
    [InlineData("DurableTask.Core")]
    public void UseFunctionsWorkerDefaults_SourceOfTheRuntime_IsListenedTo(string name)
    {
        using var ended = new Ended();
        using var telemetry = OpenTelemetrySdk.Create(builder => builder.UseFunctionsWorkerDefaults().WithTracing(traces => traces.AddProcessor(ended)));
        Assert.NotNull(telemetry.TracerProvider);
        using var source = new ActivitySource(name);
        var span = $"{Guid.NewGuid()}";

        source.StartActivity(span)?.Dispose();

        Assert.Contains(span, ended.Names);
    }

    private sealed class Ended : BaseProcessor<Activity>
    {
        public ConcurrentQueue<string> Names { get; } = [];

        public override void OnEnd(Activity data) => Names.Enqueue(data.DisplayName);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.EndToEnd.Telemetry;

/// <summary>A collector on 127.0.0.1: takes OTLP over HTTP in binary protobuf (opentelemetry.io/docs/specs/otlp) and keeps what it is sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentDictionary<string, bool> _metrics = new();
    private readonly ConcurrentQueue<string> _logs = new();
    private readonly ConcurrentQueue<byte[]> _bodies = new();
    private readonly SemaphoreSlim _arrivals = new(0);

    public OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        _app = builder.Build();
        _app.Run(ReceiveAsync);
        // Binding a loopback port completes synchronously.
        _app.StartAsync().GetAwaiter().GetResult();
    }

    /// <summary>What an app needs to send everything here, and soon.</summary>
    public (string Name, string? Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
    ];

    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    public IReadOnlyCollection<string> Metrics => [.. _metrics.Keys];

    public IReadOnlyList<string> Logs => [.. _logs];

    /// <summary>All that came, as text: protobuf has strings as they are.</summary>
    public string Everything => string.Concat(_bodies.Select(Encoding.UTF8.GetString));

    /// <summary>Waits until what has come is enough.</summary>
    public async Task<T> UntilAsync<T>(Func<OtlpReceiver, T?> find, CancellationToken cancellationToken)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (find(this) is { } found) return found;
            try
            {
                await _arrivals.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"What was waited for did not come. Spans: {string.Join(", ", Spans.CountBy(span => span.Name))}. Metrics: {string.Join(", ", Metrics)}.", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _arrivals.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        switch (context.Request.Path.Value)
        {
            case "/v1/traces":
                foreach (var span in OtlpSpan.ReadAll(bytes)) _spans.Enqueue(span);
                break;
            case "/v1/metrics":
                foreach (var name in OtlpMessage.Read(bytes).All(1, 2, 2).Select(metric => metric.Text(1))) _metrics[name] = true;
                break;
            case "/v1/logs":
                foreach (var log in OtlpMessage.Read(bytes).All(1, 2, 2)) _logs.Enqueue(log.All(5).First().Text(1));
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }

        _bodies.Enqueue(bytes);
        _arrivals.Release();
        context.Response.ContentType = "application/x-protobuf";
    }
}

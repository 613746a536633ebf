using EmbeddedFunctions.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedFunctions.Tests.Triggers;

/// <summary>Functions behind <see cref="ManualTriggerSource"/>, without a host around them.</summary>
internal sealed class ManualApp : IAsyncDisposable
{
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider _services;
    private readonly FunctionRunner _runner;
    private readonly ManualTriggerSource _source = new();

    public ManualApp(
        Type functions,
        Action<IServiceCollection>? configure = null,
        Func<FunctionExecutionDelegate, FunctionExecutionDelegate>? middleware = null,
        params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddFakeLogging());
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();

        FunctionExecutionDelegate pipeline = FunctionInvoker.InvokeAsync;
        _runner = new FunctionRunner(
            middleware?.Invoke(pipeline) ?? pipeline, _services.GetRequiredService<IServiceScopeFactory>(), FunctionTimeout, Time);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
        new FunctionCatalog([_source], [new ManualInput()], configuration, _services.GetRequiredService<ILoggerFactory>()).Load([functions]);
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeLogCollector Logs => _services.GetFakeLogCollector();

    public AppFunction Function(string name) => _source[name];

    public Task<object?> RunAsync(string name, object? value = null, CancellationToken cancellationToken = default, params (string Name, string Value)[] data) =>
        _runner.RunAsync(
            _source[name], new TriggerData(value, data.ToDictionary(pair => pair.Name, pair => (object?)pair.Value, StringComparer.OrdinalIgnoreCase)), cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

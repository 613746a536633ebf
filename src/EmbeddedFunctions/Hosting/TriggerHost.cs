using Microsoft.Extensions.Hosting;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// Starts the triggers when everything else has started, so that a process whose address is taken runs nothing, and stops them before anything else.
/// </summary>
internal sealed class TriggerHost : IHostedLifecycleService, IDisposable
{
    /// <summary>Set when the functions have been found, before the host starts.</summary>
    public IReadOnlyList<ITriggerSource> Sources { get; set; } = [];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var source in Sources)
        {
            await source.StartAsync(cancellationToken);
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.WhenAll(Sources.Select(source => source.StopAsync(cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var source in Sources.OfType<IDisposable>())
        {
            source.Dispose();
        }
    }
}

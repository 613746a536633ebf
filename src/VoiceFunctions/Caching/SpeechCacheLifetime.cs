using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Caching;

/// <summary>Has storage ready before the first request comes in, and what waits for it written after the last has gone.</summary>
internal sealed class SpeechCacheLifetime(ISpeechStore store, StoreBreaker breaker, StoreQueue queue, IOptions<SpeechCacheOptions> options, TimeProvider time)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        queue.Start();
        try
        {
            await Task.Run(() => store.PrepareAsync(CancellationToken.None), CancellationToken.None).WaitAsync(options.Value.StartTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The app serves without storage, and takes it when it comes.
            breaker.Failed(exception);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Everything that takes requests has stopped by now.
    public Task StoppedAsync(CancellationToken cancellationToken) => queue.DrainAsync();
}

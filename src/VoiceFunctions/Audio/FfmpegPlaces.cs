using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

/// <summary>
/// How many requests have an ffmpeg at the same time; the others wait in the order they came. Each takes some megabytes and as much processor as there is, so a
/// thousand at once would take the machine down. What a provider has made has places of its own: it is short, paid, and waited for by a caller, and must not stand
/// behind hours of what strangers upload. The recordings and results of jobs are bounded by the number of their activities.
/// </summary>
internal sealed class FfmpegPlaces(IOptions<AudioOptions> options, TimeProvider time) : IDisposable
{
    private readonly ConcurrencyLimiter _ofAnswers = new(Places(options.Value.FfmpegProcesses));
    private readonly ConcurrencyLimiter _ofUploads = new(Places(options.Value.FfmpegProcesses));

    /// <summary>A place for what a provider has made, until the result is disposed of.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) => await _ofAnswers.AcquireAsync(1, cancellationToken);

    /// <summary>A place for what was uploaded, until the result is disposed of. The upload lies on the disk meanwhile, so the wait has an end.</summary>
    /// <exception cref="FfmpegException">None was free in time.</exception>
    public async ValueTask<IDisposable> EnterForUploadAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Value.QueueTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _ofUploads.AcquireAsync(1, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FfmpegException($"No ffmpeg was free within {options.Value.QueueTimeout.TotalSeconds} s.", exception);
        }
    }

    public void Dispose()
    {
        _ofAnswers.Dispose();
        _ofUploads.Dispose();
    }

    private static ConcurrencyLimiterOptions Places(int processes) =>
        new() { PermitLimit = processes, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}

using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

/// <summary>
/// How many requests have an ffmpeg at the same time; the others wait in the order they came. Each takes some megabytes and as much processor as there is, so a
/// thousand uploads at once would take the machine down. Those of jobs are bounded by the number of their activities.
/// </summary>
internal sealed class FfmpegPlaces(IOptions<AudioOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.FfmpegProcesses,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>A place until the result is disposed of.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) => await _limiter.AcquireAsync(1, cancellationToken);

    public void Dispose() => _limiter.Dispose();
}

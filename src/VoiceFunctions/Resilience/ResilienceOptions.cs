using System.ComponentModel.DataAnnotations;

using VoiceFunctions.Providers;

namespace VoiceFunctions.Resilience;

/// <summary>How long a provider is waited for, how often it is asked again and when it is left alone. Section <c>Resilience</c>.</summary>
internal sealed class ResilienceOptions
{
    public const string Section = "Resilience";

    /// <summary>Polly's own least.</summary>
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(10);

    /// <summary>Time for one attempt at a short text or recording. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Added to it for each character of text: a provider makes speech some times faster than it is spoken. Default 10 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan TimeoutPerCharacter { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Added to it for each second of audio to be recognised, in seconds. Default 0.5.</summary>
    [Range(0, 10)]
    public double TimeoutPerAudioSecond { get; set; } = 0.5;

    /// <summary>Times that a target is asked again before the next one is. Default 2.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 2;

    /// <summary>The wait before the first retry where the provider names none; doubled each time, with jitter. Default 200 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait that a provider may ask for and still be asked again; for longer ones the next target is. Default 3 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Share of failed attempts at which a circuit opens. Default 0.5.</summary>
    [Range(0.01, 1)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>Attempts within <see cref="SamplingDuration"/> below which a circuit stays closed. Default 5.</summary>
    [Range(2, 10_000)]
    public int MinimumThroughput { get; set; } = 5;

    /// <summary>The window over which failures are counted; a provider that dies after a busy time is found out within half of it. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "01:00:00")]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an open circuit stays open before one attempt is let through. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "01:00:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Calls that may wait for a provider that is at its concurrency; one more is refused. Default 256.</summary>
    [Range(0, 100_000)]
    public int QueueLimit { get; set; } = 256;

    /// <summary>The time of one attempt at a call that is that much longer than a short one: no more than what the fallback leaves it, and at least a little.</summary>
    public TimeSpan Timeout(SpeechCall call, TimeSpan extra)
    {
        var longest = AttemptTimeout + extra;
        return call.AttemptTimeout is not { } share || share >= longest ? longest
            : share > ShortestTimeout ? share
            : ShortestTimeout;
    }
}

using VoiceFunctions.Providers;

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>The most that a piece of a recording may be, padding and overlap included.</summary>
internal sealed record PieceLimits
{
    /// <summary>230 MB of WAV, which is as much as any provider takes at once.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    private const int BytesPerSecond = SileroVad.SampleRate * sizeof(short);

    /// <summary>Shorter pieces would hold more padding than speech.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDuration"/> is under five seconds.</exception>
    public PieceLimits(TimeSpan maxDuration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDuration, Least);
        MaxDuration = maxDuration;
    }

    public TimeSpan MaxDuration { get; }

    /// <summary>
    /// What every one of <paramref name="models"/> takes, so that a piece can go to any of them. Pieces are WAV at 16 kHz, a container that all take.
    /// </summary>
    /// <param name="models">Whom a piece may go to.</param>
    /// <param name="wanted">The longest piece that is wanted, whatever the models take.</param>
    public static PieceLimits For(IEnumerable<RecognitionModel> models, TimeSpan wanted)
    {
        var longest = wanted;
        foreach (var model in models)
        {
            if (model.MaxDuration < longest) longest = model.MaxDuration.Value;
            if (model.MaxBytes is { } bytes && (bytes - Wav.HeaderBytes) / BytesPerSecond < longest.TotalSeconds)
            {
                longest = TimeSpan.FromSeconds((bytes - Wav.HeaderBytes) / BytesPerSecond);
            }
        }

        return new(longest);
    }
}

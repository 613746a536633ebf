namespace VoiceFunctions.Audio;

/// <summary>What each output format is called on the wire and which sample rates it can carry.</summary>
public static class AudioFormats
{
    /// <summary>The lowest rate that is delivered, in hertz.</summary>
    public const int MinSampleRate = 8000;

    /// <summary>The highest rate that is delivered, in hertz.</summary>
    public const int MaxSampleRate = 48000;

    /// <summary>The rates of MPEG-2.5, MPEG-2 and MPEG-1 Layer III (ISO/IEC 11172-3, 13818-3), in hertz.</summary>
    private static readonly int[] Mp3Rates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000];

    /// <summary>The rates an Opus encoder takes (RFC 6716, section 2.1.3), in hertz.</summary>
    private static readonly int[] OpusRates = [8000, 12000, 16000, 24000, 48000];

    /// <summary>The sampling_frequency_index table of ISO/IEC 14496-3 within the delivered range, in hertz.</summary>
    private static readonly int[] AacRates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000];

    /// <summary>
    /// The rates a format can carry, ascending, in hertz; empty when it carries every rate from <see cref="MinSampleRate"/> to
    /// <see cref="MaxSampleRate"/>.
    /// </summary>
    public static IReadOnlyList<int> SupportedRates(AudioFormat format) => format switch
    {
        AudioFormat.Mp3 => Mp3Rates,
        AudioFormat.Opus => OpusRates,
        AudioFormat.Aac => AacRates,
        AudioFormat.Wav or AudioFormat.Flac or AudioFormat.Pcm => [],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, message: null),
    };

    public static bool Supports(AudioFormat format, int sampleRate)
    {
        var rates = SupportedRates(format);
        return rates.Count == 0 ? sampleRate is >= MinSampleRate and <= MaxSampleRate : rates.Contains(sampleRate);
    }

    /// <summary>The lowest rate the format carries that loses nothing of audio at <paramref name="sampleRate"/> hertz, or else its highest.</summary>
    public static int RateFor(AudioFormat format, int sampleRate)
    {
        var rates = SupportedRates(format);
        if (rates.Count == 0) return Math.Clamp(sampleRate, MinSampleRate, MaxSampleRate);
        foreach (var rate in rates)
        {
            if (rate >= sampleRate) return rate;
        }

        return rates[^1];
    }

    /// <summary>The value of Content-Type for the format at <paramref name="sampleRate"/> hertz, mono.</summary>
    public static string MediaType(AudioFormat format, int sampleRate) => format switch
    {
        AudioFormat.Mp3 => "audio/mpeg",
        AudioFormat.Wav => "audio/wav",
        AudioFormat.Opus => "audio/ogg;codecs=opus",
        AudioFormat.Aac => "audio/aac",
        AudioFormat.Flac => "audio/flac",
        AudioFormat.Pcm => $"audio/L16;rate={sampleRate};channels=1",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, message: null),
    };
}

namespace VoiceFunctions.Audio;

/// <summary>Audio as mono floats at its own sample rate. Its end is an end: a file that stops short of what it declares throws instead.</summary>
internal sealed class AudioSource(WavReader reader, TimeSpan limit, FfmpegDecoding? decoding = null, DeclaredLength? declared = null) : IAsyncDisposable
{
    private long _frames;

    /// <summary>Hertz.</summary>
    public int SampleRate => reader.Format.SampleRate;

    /// <summary>Whether it is read in process, so that it costs next to nothing to decode again.</summary>
    public bool IsPlainWav => decoding is null;

    private TimeSpan Decoded => TimeSpan.FromSeconds((double)_frames / SampleRate);

    /// <summary>Fills a part of <paramref name="block"/> and answers how many samples; 0 at the end.</summary>
    /// <exception cref="AudioException">The audio is damaged, cut off or longer than allowed.</exception>
    public async ValueTask<int> ReadAsync(Memory<float> block, CancellationToken cancellationToken)
    {
        var frames = await reader.ReadAsync(block, cancellationToken);
        _frames += frames;
        if (Decoded > limit) throw new AudioException(AudioFailure.TooLong, $"The audio is longer than {limit.TotalHours:0.##} hours.");
        if (frames == 0 && declared is { } length && length.IsMissedBy(Decoded))
        {
            throw new AudioException(
                AudioFailure.Undecodable,
                $"The audio is cut off or damaged: it declares {length.Duration.TotalSeconds:0.00} s and {Decoded.TotalSeconds:0.00} s can be decoded.");
        }

        return frames;
    }

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        if (decoding is not null) await decoding.DisposeAsync();
    }
}

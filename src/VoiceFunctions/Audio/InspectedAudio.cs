namespace VoiceFunctions.Audio;

/// <summary>
/// Audio as it was sent, byte for byte and from the beginning as often as needed, and what decoding it showed. Its temporary files end with it.
/// </summary>
public sealed class InspectedAudio : ReadOnlyStream
{
    /// <summary>The sample rate of <see cref="OpenWav"/>, in hertz: what recognisers work at.</summary>
    public const int WavSampleRate = 16_000;

    private readonly HeldFiles _files;
    private readonly long _frames;
    private readonly int _sampleRate;
    private readonly bool _holds;
    private bool _disposed;

    internal InspectedAudio(
        TempFile original, TempFile? wav, AudioContainer container, int sampleRate, long frames, AudioLevels levels, ReadOnlyMemory<byte> contentHash)
    {
        (_files, _holds, _sampleRate, _frames) = (new HeldFiles(original, wav), true, sampleRate, frames);
        (Container, Levels, ContentHash) = (container, levels, contentHash);
    }

    private InspectedAudio(InspectedAudio other, bool holds)
    {
        (_files, _holds, _sampleRate, _frames) = (other._files, holds, other._sampleRate, other._frames);
        (Container, Levels, ContentHash) = (other.Container, other.Levels, other.ContentHash);
    }

    public AudioContainer Container { get; }

    /// <summary>Measured by decoding, not read from a header.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)_frames / _sampleRate);

    /// <summary>Hertz, of the original.</summary>
    public int SampleRate => _sampleRate;

    public AudioLevels Levels { get; }

    public float Peak => Levels.Peak;

    public float Rms => Levels.Rms;

    public bool IsSilent => Levels.IsSilent;

    /// <summary>SHA-256 of the bytes as they were sent.</summary>
    public ReadOnlyMemory<byte> ContentHash { get; }

    public override long Length => _files.Original.Length;

    /// <summary>The same audio with a position of its own, from the beginning, for a second reader at the same time. Valid until this one is disposed of.</summary>
    public InspectedAudio Share() => new(this, holds: false);

    /// <summary>The same as <see cref="Share"/>, but valid until it is disposed of itself, for a reader that may outlast this one.</summary>
    public InspectedAudio Hold()
    {
        _files.Hold();
        return new(this, holds: true);
    }

    /// <summary>Bytes of <see cref="OpenWav"/>.</summary>
    public long WavLength => Wav.HeaderBytes + (long)(Duration.TotalSeconds * WavSampleRate * sizeof(short));

    /// <summary>
    /// The same audio as 16 kHz mono 16-bit WAV, for whoever cannot read <see cref="Container"/>. Each call opens a stream of its own, valid until this
    /// one is disposed of.
    /// </summary>
    public Stream OpenWav() => _files.Wav?.OpenRead() ?? new ConvertedWavStream(_files.Original.OpenRead, _frames, _sampleRate, WavSampleRate);

    /// <summary>The WAV that costs least to decode: the original if it is one.</summary>
    internal Stream OpenDecoded() => (_files.Wav ?? _files.Original).OpenRead();

    protected override int ReadAt(Span<byte> buffer, long position) => _files.Original.Read(buffer, position);

    protected override void Dispose(bool disposing)
    {
        if (disposing && _holds && !Interlocked.Exchange(ref _disposed, true))
        {
            _files.Release();
        }

        base.Dispose(disposing);
    }
}

namespace VoiceFunctions.Audio;

/// <summary>
/// Audio as it was sent, byte for byte and from the beginning as often as needed, and what decoding it showed. Its temporary files end with it.
/// </summary>
public sealed class InspectedAudio : ReadOnlyStream
{
    /// <summary>The sample rate of <see cref="OpenWav"/>, in hertz: what recognisers work at.</summary>
    public const int WavSampleRate = 16_000;

    private readonly TempFile _original;
    private readonly TempFile? _wav;
    private readonly long _frames;
    private readonly int _sampleRate;
    private readonly bool _shared;

    internal InspectedAudio(TempFile original, TempFile? wav, AudioContainer container, int sampleRate, long frames, AudioLevels levels)
    {
        (_original, _wav, _sampleRate, _frames) = (original, wav, sampleRate, frames);
        (Container, Levels) = (container, levels);
    }

    private InspectedAudio(InspectedAudio owner)
        : this(owner._original, owner._wav, owner.Container, owner._sampleRate, owner._frames, owner.Levels) => _shared = true;

    public AudioContainer Container { get; }

    /// <summary>Measured by decoding, not read from a header.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)_frames / _sampleRate);

    /// <summary>Hertz, of the original.</summary>
    public int SampleRate => _sampleRate;

    public AudioLevels Levels { get; }

    public float Peak => Levels.Peak;

    public float Rms => Levels.Rms;

    public bool IsSilent => Levels.IsSilent;

    public override long Length => _original.Length;

    /// <summary>The same audio with a position of its own, from the beginning, for a second reader at the same time. Valid until this one is disposed of.</summary>
    public InspectedAudio Share() => new(this);

    /// <summary>Bytes of <see cref="OpenWav"/>.</summary>
    public long WavLength => Wav.HeaderBytes + (long)(Duration.TotalSeconds * WavSampleRate * sizeof(short));

    /// <summary>
    /// The same audio as 16 kHz mono 16-bit WAV, for whoever cannot read <see cref="Container"/>. Each call opens a stream of its own, valid until this
    /// one is disposed of.
    /// </summary>
    public Stream OpenWav() => _wav?.OpenRead() ?? new ConvertedWavStream(_original.OpenRead, _frames, _sampleRate, WavSampleRate);

    /// <summary>The WAV that costs least to decode: the original if it is one.</summary>
    internal Stream OpenDecoded() => (_wav ?? _original).OpenRead();

    protected override int ReadAt(Span<byte> buffer, long position) => _original.Read(buffer, position);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_shared)
        {
            _original.Dispose();
            _wav?.Dispose();
        }

        base.Dispose(disposing);
    }
}

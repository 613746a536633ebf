using System.Buffers;
using System.Runtime.InteropServices;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Offline;

/// <summary>What an engine spoke: 16-bit mono samples behind the room for a WAV header.</summary>
internal sealed class SpokenAudio
{
    // -60 dBFS: what stays below it cannot be heard.
    private const short Silence = 32;
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);

    public SpokenAudio()
    {
        _bytes.GetSpan(Wav.HeaderBytes);
        _bytes.Advance(Wav.HeaderBytes);
    }

    /// <summary>Hertz; 0 before the engine has said.</summary>
    public int SampleRate { get; set; }

    public double Seconds => (double)(_bytes.WrittenCount - Wav.HeaderBytes) / sizeof(short) / SampleRate;

    public bool IsSilent => MemoryMarshal.Cast<byte, short>(_bytes.WrittenSpan[Wav.HeaderBytes..]).IndexOfAnyExceptInRange((short)-Silence, Silence) < 0;

    public void Append(ReadOnlySpan<byte> samples) => _bytes.Write(samples);

    /// <summary>A WAV file; the bytes are not copied.</summary>
    public ReadOnlyMemory<byte> ToWav()
    {
        Wav.WriteHeader(MemoryMarshal.AsMemory(_bytes.WrittenMemory).Span, SampleRate, _bytes.WrittenCount - Wav.HeaderBytes);
        return _bytes.WrittenMemory;
    }

    /// <summary>The bare samples; the bytes are not copied.</summary>
    public ReadOnlyMemory<byte> ToPcm() => _bytes.WrittenMemory[Wav.HeaderBytes..];
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio;

/// <summary>The header of an MPEG audio Layer III frame (ISO/IEC 11172-3, 2.4.1.3, and 13818-3 for the lower rates).</summary>
/// <param name="SampleRate">Hertz.</param>
/// <param name="Samples">Samples per channel in the frame.</param>
/// <param name="Bytes">Length of the frame, header included.</param>
/// <param name="SideInfoEnd">Where the side information ends and, in a frame that carries one, the Xing header begins.</param>
/// <param name="Mono">Whether it has one channel.</param>
/// <param name="Kind">The bits that stay the same throughout a stream: version, layer and rate.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MpegFrame(int SampleRate, int Samples, int Bytes, int SideInfoEnd, bool Mono, uint Kind)
{
    public const int HeaderBytes = 4;

    private const uint KindMask = 0xFFFE0C00;

    /// <summary>kbit/s by bitrate_index, Layer III of MPEG-1, and of MPEG-2 and 2.5.</summary>
    private static ReadOnlySpan<short> Rates1 => [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    private static ReadOnlySpan<short> Rates2 => [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>Hertz by sampling_frequency, MPEG-1.</summary>
    private static ReadOnlySpan<int> Frequencies => [44100, 48000, 32000];

    public static MpegFrame? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes) return null;
        var header = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var version = (int)(header >> 19) & 3;
        var layer = (int)(header >> 17) & 3;
        var bitrate = (int)(header >> 12) & 15;
        var frequency = (int)(header >> 10) & 3;
        if (header >> 21 != 0x7FF || version == 1 || layer != 1 || bitrate is 0 or 15 || frequency == 3 || (header & 3) == 2) return null;

        var first = version == 3;
        var sampleRate = Frequencies[frequency] >> (first ? 0 : version == 2 ? 1 : 2);
        var samples = first ? 1152 : 576;
        var kilobits = first ? Rates1[bitrate] : Rates2[bitrate];
        var length = (samples / 8 * kilobits * 1000 / sampleRate) + (int)((header >> 9) & 1);
        var mono = ((header >> 6) & 3) == 3;
        var sideInfo = (first, mono) switch { (true, false) => 32, (true, true) or (false, false) => 17, _ => 9 };
        return new(sampleRate, samples, length, HeaderBytes + sideInfo, mono, header & KindMask);
    }
}

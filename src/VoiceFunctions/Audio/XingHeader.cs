using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio;

/// <summary>
/// What encoders write into a first, silent frame of an MP3: Xing's header, and what LAME added to it (gabriel.mp3-tech.org, "Mp3 Info Tag rev 1").
/// </summary>
/// <param name="Frames">Frames behind this one.</param>
/// <param name="Delay">Samples that the encoder has put before the sound.</param>
/// <param name="Padding">Samples that it has put behind it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct XingHeader(uint? Frames, int Delay, int Padding)
{
    private const int LameDelay = 21;

    /// <param name="bytes">From the first byte of the frame.</param>
    /// <param name="frame">Its header.</param>
    public static XingHeader? Parse(ReadOnlySpan<byte> bytes, MpegFrame frame)
    {
        if (bytes.Length < frame.SideInfoEnd + 12) return null;
        var xing = bytes[frame.SideInfoEnd..];
        if (!xing.StartsWith("Xing"u8) && !xing.StartsWith("Info"u8)) return null;
        var has = xing[7];
        uint? frames = (has & 1) == 0 ? null : BinaryPrimitives.ReadUInt32BigEndian(xing[8..]);

        // Counts of frames and of bytes, a table of contents and a quality, as far as they are there.
        var lame = 8 + ((has & 1) * 4) + ((has & 2) * 2) + ((has & 4) * 25) + ((has & 8) / 2);
        if (xing.Length < lame + LameDelay + 3 || !IsEncoder(xing[lame..])) return new(frames, 0, 0);
        var packed = (xing[lame + LameDelay] << 16) | BinaryPrimitives.ReadUInt16BigEndian(xing[(lame + LameDelay + 1)..]);
        return new(frames, packed >> 12, packed & 0xFFF);
    }

    private static bool IsEncoder(ReadOnlySpan<byte> name) => name.StartsWith("LAME"u8) || name.StartsWith("Lavf"u8) || name.StartsWith("Lavc"u8);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio;

/// <summary>How long a file says it lasts, and by how much a decoder may fall short of it before the file counts as cut off.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DeclaredLength(TimeSpan Duration, TimeSpan Tolerance)
{
    /// <summary>FLAC loses nothing, so a missing block, 10 ms at the least, is damage.</summary>
    private static readonly TimeSpan FlacTolerance = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Frames of an MP3 that may be missing: the encoder's delay and the padding, which the decoder takes off again and which are up to four frames of
    /// 576 samples, the frame that holds the count, and one more. In a long file it may be one in a hundred, as players forgive it too.
    /// </summary>
    private const int Mp3Tolerance = 6;

    public bool IsMissedBy(TimeSpan decoded) => decoded < Duration - Tolerance;

    /// <param name="file">The whole file.</param>
    /// <param name="container">What the file is.</param>
    /// <param name="start">Where it begins, behind any ID3 tag.</param>
    /// <returns><see langword="null"/> when the file does not say.</returns>
    public static DeclaredLength? Read(Stream file, AudioContainer container, long start)
    {
        Span<byte> head = stackalloc byte[64];
        file.Position = start;
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return container switch
        {
            AudioContainer.Flac => ReadFlac(head),
            AudioContainer.Mp3 => ReadMp3(head),
            _ => null,
        };
    }

    /// <summary>STREAMINFO (RFC 9639, section 8.2), which is always the first block.</summary>
    private static DeclaredLength? ReadFlac(ReadOnlySpan<byte> head)
    {
        if (head.Length < 26 || (head[4] & 0x7F) != 0) return null;
        var packed = BinaryPrimitives.ReadUInt64BigEndian(head[18..]);
        var sampleRate = (int)(packed >> 44);
        var samples = (long)(packed & 0xF_FFFF_FFFF);
        return sampleRate == 0 || samples == 0 ? null : new(TimeSpan.FromSeconds((double)samples / sampleRate), FlacTolerance);
    }

    private static DeclaredLength? ReadMp3(ReadOnlySpan<byte> head)
    {
        if (MpegFrame.Parse(head) is not { } frame || XingHeader.Parse(head, frame)?.Frames is not { } frames) return null;
        var one = TimeSpan.FromSeconds((double)frame.Samples / frame.SampleRate);
        return new(frames * one, Math.Max(Mp3Tolerance, frames / 100) * one);
    }
}

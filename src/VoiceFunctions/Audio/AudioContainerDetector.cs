using System.Buffers.Binary;

namespace VoiceFunctions.Audio;

/// <summary>Tells a container by its first bytes. What it does not know is never handed to a decoder: a playlist, for instance, names other files.</summary>
public static class AudioContainerDetector
{
    /// <summary>How many first bytes are worth giving: room for a few frames of MP3 behind the tail of a frame that was cut through.</summary>
    public const int HeadBytes = 16 * 1024;

    private const int Id3HeaderBytes = 10;

    /// <summary>
    /// The container of a file that begins with <paramref name="head"/>. Where an ID3 tag, which holds a cover picture of any size, goes on behind
    /// the head, the answer is MP3, which is what nearly all such files are.
    /// </summary>
    public static AudioContainer Detect(ReadOnlySpan<byte> head)
    {
        var tag = Id3Length(head);
        if (tag > 0)
        {
            if (tag + MpegFrame.HeaderBytes > head.Length) return AudioContainer.Mp3;
            return Detect(head[(int)tag..]) is var inner and not AudioContainer.Unknown ? inner : AudioContainer.Mp3;
        }

        if (head.Length < MpegFrame.HeaderBytes) return AudioContainer.Unknown;
        if (IsRiff(head)) return AudioContainer.Wav;
        if (head.StartsWith("OggS"u8)) return AudioContainer.Ogg;
        if (head.StartsWith("fLaC"u8)) return AudioContainer.Flac;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return AudioContainer.Matroska;
        if (head.StartsWith("#!AMR\n"u8) || head.StartsWith("#!AMR-WB\n"u8)) return AudioContainer.Amr;
        if (head.StartsWith("caff"u8)) return AudioContainer.Caf;
        if (head.StartsWith("FORM"u8) && head.Length >= 12 && (head[8..].StartsWith("AIFF"u8) || head[8..].StartsWith("AIFC"u8))) return AudioContainer.Aiff;
        if (IsMp4(head)) return AudioContainer.Mp4;
        if (IsAdts(head)) return AudioContainer.Adts;
        return IsMp3(head) ? AudioContainer.Mp3 : AudioContainer.Unknown;
    }

    /// <summary>The length of the ID3v2 tag that <paramref name="head"/> begins with (id3.org, "ID3 tag version 2.4.0", 3.1), or 0.</summary>
    internal static long Id3Length(ReadOnlySpan<byte> head)
    {
        if (head.Length < Id3HeaderBytes || !head.StartsWith("ID3"u8) || head[3] == 0xFF || head[4] == 0xFF) return 0;
        if (((head[6] | head[7] | head[8] | head[9]) & 0x80) != 0) return 0;
        var size = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9];
        var footer = (head[5] & 0x10) != 0 ? Id3HeaderBytes : 0;
        return Id3HeaderBytes + size + footer;
    }

    private static bool IsRiff(ReadOnlySpan<byte> head) => head.Length >= 12 && head[8..].StartsWith("WAVE"u8)
        && (head.StartsWith("RIFF"u8) || head.StartsWith("RIFX"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8));

    /// <summary>Files of old cameras and of QuickTime may lack the <c>ftyp</c> box and begin with one of the others.</summary>
    private static bool IsMp4(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8) return false;
        var type = head.Slice(4, 4);
        if (type.SequenceEqual("ftyp"u8) || type.SequenceEqual("styp"u8)) return true;
        var size = BinaryPrimitives.ReadUInt32BigEndian(head);
        return size is 0 or 1 or >= 8 && (type.SequenceEqual("moov"u8) || type.SequenceEqual("mdat"u8) || type.SequenceEqual("wide"u8));
    }

    /// <summary>ADTS shares its sync word with MPEG audio and has the layer that is reserved there (ISO/IEC 13818-7, 6.2).</summary>
    private static bool IsAdts(ReadOnlySpan<byte> head)
    {
        var length = AdtsLength(head);
        return length > 0 && (head.Length < length + 7 || AdtsLength(head[length..]) > 0);
    }

    private static int AdtsLength(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 7 || frame[0] != 0xFF || (frame[1] & 0xF6) != 0xF0 || ((frame[2] >> 2) & 15) > 12) return 0;
        var length = ((frame[3] & 3) << 11) | (frame[4] << 3) | (frame[5] >> 5);
        return length >= 7 ? length : 0;
    }

    /// <summary>
    /// One header is enough at the very beginning, if what follows agrees. Behind junk, as in a cut-out of a broadcast, three in a row are asked for.
    /// </summary>
    private static bool IsMp3(ReadOnlySpan<byte> head)
    {
        if (AreFrames(head, 2)) return true;
        for (var offset = 1; offset + MpegFrame.HeaderBytes <= head.Length; offset++)
        {
            var sync = head[offset..].IndexOf((byte)0xFF);
            if (sync < 0) return false;
            offset += sync;
            if (AreFrames(head[offset..], 3, allInside: true)) return true;
        }

        return false;
    }

    private static bool AreFrames(ReadOnlySpan<byte> bytes, int count, bool allInside = false)
    {
        uint? kind = null;
        for (; count > 0; count--)
        {
            if (bytes.Length < MpegFrame.HeaderBytes) return kind is not null && !allInside;
            if (MpegFrame.Parse(bytes) is not { } frame || (kind is not null && frame.Kind != kind)) return false;
            kind = frame.Kind;
            bytes = bytes[Math.Min(frame.Bytes, bytes.Length)..];
        }

        return true;
    }
}

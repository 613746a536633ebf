using System.Buffers.Binary;

namespace VoiceFunctions.Audio;

/// <summary>
/// Tells by a container's own structure that a file was cut off. Decoders play what is left and call it a success. Only sizes that the file gives are
/// held against its length. Bare frames (MP3, ADTS, AMR) are cut anywhere by ordinary tools, so what is left of them is taken as it is.
/// </summary>
internal static class CutFile
{
    /// <summary>More boxes than a day of one-second fragments has; a file of nothing but empty boxes must not keep a core busy.</summary>
    private const int MaxChunks = 200_000;

    /// <summary>Five hours of 20 ms blocks.</summary>
    private const int MaxElements = 1_000_000;

    /// <summary>An Ogg page has at most 27 + 255 + 255 * 255 bytes (RFC 3533, section 6).</summary>
    private const int MaxOggPage = 65_307;

    private const int OggHeaderBytes = 27;

    private const long Unknown = -1;

    /// <exception cref="AudioException">The file ends inside a part whose length it gives.</exception>
    public static void Refuse(Stream file, AudioContainer container)
    {
        var isCut = container switch
        {
            AudioContainer.Mp4 => IsMp4Cut(file),
            AudioContainer.Ogg => IsOggCut(file),
            AudioContainer.Matroska => IsMatroskaCut(file),
            AudioContainer.Aiff => IsAiffCut(file),
            AudioContainer.Caf => IsCafCut(file),
            _ => false,
        };
        if (isCut) throw new AudioException(AudioFailure.Undecodable, $"The audio is cut off: it goes on beyond the {file.Length} bytes that are there.");
    }

    /// <summary>Boxes (ISO/IEC 14496-12, 4.2). What does not look like one is junk behind the last.</summary>
    private static bool IsMp4Cut(Stream file)
    {
        Span<byte> box = stackalloc byte[16];
        long position = 0;
        for (var count = 0; count < MaxChunks; count++)
        {
            var read = ReadAt(file, position, box);
            if (read < 8 || !IsPrintable(box.Slice(4, 4))) return false;
            long size = BinaryPrimitives.ReadUInt32BigEndian(box);
            if (size == 0) return false;
            if (size == 1)
            {
                if (read < 16) return true;
                size = BinaryPrimitives.ReadInt64BigEndian(box[8..]);
            }

            if (size < 8) return false;
            if (size > file.Length - position) return true;
            position += size;
        }

        return false;
    }

    /// <summary>The last page must be whole. What follows it is junk if the page ends its stream, and else the beginning of a page that was cut.</summary>
    private static bool IsOggCut(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, 2 * MaxOggPage)];
        var start = file.Length - tail.Length;
        _ = ReadAt(file, start, tail);
        for (var at = tail.AsSpan().LastIndexOf("OggS"u8); at >= 0; at = tail.AsSpan(0, at).LastIndexOf("OggS"u8))
        {
            var page = tail.AsSpan(at);
            if (page.Length < OggHeaderBytes) return true;
            if (page[4] != 0) continue;
            int segments = page[26];
            if (page.Length < OggHeaderBytes + segments) return true;
            var size = OggHeaderBytes + segments;
            foreach (var segment in page.Slice(OggHeaderBytes, segments)) size += segment;
            var endsStream = (page[5] & 4) != 0;
            return page.Length < size || (page.Length > size && !endsStream);
        }

        return true;
    }

    /// <summary>
    /// EBML (RFC 8794) and Matroska (RFC 9559): a header, then the segment. What was recorded live knows neither its own size nor its clusters', so those
    /// two are stepped into, and every element inside must be whole.
    /// </summary>
    private static bool IsMatroskaCut(Stream file)
    {
        const uint Segment = 0x18538067;
        const uint Cluster = 0x1F43B675;
        Span<byte> element = stackalloc byte[12];
        long position = 0;
        for (var count = 0; count < MaxElements && position < file.Length; count++)
        {
            var head = element[..ReadAt(file, position, element)];
            var idBytes = byte.LeadingZeroCount(head[0]) + 1;
            if (idBytes > 4) return false;
            if (head.Length <= idBytes) return true;
            var sizeBytes = byte.LeadingZeroCount(head[idBytes]) + 1;
            if (sizeBytes > 8) return false;
            if (head.Length < idBytes + sizeBytes) return true;
            var size = ReadVint(head.Slice(idBytes, sizeBytes));
            position += idBytes + sizeBytes;
            if (size == Unknown)
            {
                if (idBytes != 4 || BinaryPrimitives.ReadUInt32BigEndian(head) is not (Segment or Cluster)) return false;
                continue;
            }

            if (size > file.Length - position) return true;
            position += size;
        }

        return false;
    }

    private static long ReadVint(ReadOnlySpan<byte> bytes)
    {
        long value = bytes[0] & (0xFF >> bytes.Length);
        foreach (var next in bytes[1..]) value = (value << 8) | next;
        return value == (1L << (7 * bytes.Length)) - 1 ? Unknown : value;
    }

    /// <summary>The FORM chunk spans the file (Apple, "Audio Interchange File Format"). A writer that could not go back leaves 0 or the largest size.</summary>
    private static bool IsAiffCut(Stream file)
    {
        Span<byte> head = stackalloc byte[8];
        if (ReadAt(file, 0, head) < head.Length) return true;
        var size = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        return size is > 0 and < 0x7FFF_0000 && size + 8 > file.Length;
    }

    /// <summary>Chunks with 64-bit sizes (Apple, "Core Audio Format Specification"); -1 is "to the end".</summary>
    private static bool IsCafCut(Stream file)
    {
        Span<byte> chunk = stackalloc byte[12];
        long position = 8;
        for (var count = 0; count < MaxChunks; count++)
        {
            if (ReadAt(file, position, chunk) < chunk.Length) return false;
            var size = BinaryPrimitives.ReadInt64BigEndian(chunk[4..]);
            if (size < 0) return false;
            position += chunk.Length;
            if (size > file.Length - position) return true;
            position += size;
        }

        return false;
    }

    private static bool IsPrintable(ReadOnlySpan<byte> type) => !type.ContainsAnyExceptInRange((byte)' ', (byte)'~') || type[0] == 0xA9;

    private static int ReadAt(Stream file, long position, Span<byte> target)
    {
        file.Position = position;
        return file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
    }
}

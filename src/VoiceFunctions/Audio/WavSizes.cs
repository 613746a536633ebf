namespace VoiceFunctions.Audio;

/// <summary>The sizes that WAV writers put down when they cannot go back and put in the right one.</summary>
internal static class WavSizes
{
    /// <param name="size">The size in the header of the data chunk.</param>
    /// <param name="riffSize">The size in the header of the file.</param>
    /// <param name="dataOffset">Where in the file the samples begin.</param>
    public static bool IsUnknown(uint size, uint riffSize, long dataOffset) => size switch
    {
        // Nothing at all, in a file that does not count anything behind it either: a recording that was never finished.
        0 => riffSize + 8L <= dataOffset || IsPlaceholder(riffSize),
        _ => IsPlaceholder(size),
    };

    /// <summary>
    /// sox and espeak-ng write 0x7FFFF000 and a little more for the file, others 2^31 or 2^32 - 1, some of them less the length of the header.
    /// </summary>
    private static bool IsPlaceholder(uint size) => size is >= 0x7FFF_F000 and <= 0x8000_0000 or >= 0xFFFF_F000;
}

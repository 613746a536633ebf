using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio;

/// <summary>
/// The format chunk of a WAV file (Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0", and WAVEFORMATEXTENSIBLE).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WavFormat(WavEncoding Encoding, int Channels, int SampleRate, int BlockAlign)
{
    public const int MinSampleRate = 1000;
    public const int MaxSampleRate = 384_000;
    public const int MaxChannels = 32;

    private const int PlainLength = 16;
    private const int ExtensibleLength = 40;
    private const int PcmTag = 1;
    private const int FloatTag = 3;
    private const int ALawTag = 6;
    private const int MuLawTag = 7;
    private const int ExtensibleTag = 0xFFFE;

    /// <summary>What follows the format tag in the sub-format GUID of an extensible header whose tag is a plain one.</summary>
    private static ReadOnlySpan<byte> SubFormatTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <exception cref="AudioException">The chunk contradicts itself or describes what cannot be audio.</exception>
    public static WavFormat Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < PlainLength) throw Undecodable($"its format chunk has {chunk.Length} bytes");
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var sampleRate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int blockAlign = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (channels is 0 or > MaxChannels) throw Undecodable($"it claims {channels} channels");
        if (sampleRate is < MinSampleRate or > MaxSampleRate) throw Undecodable($"it claims a sample rate of {sampleRate} Hz");

        if (tag == ExtensibleTag)
        {
            if (chunk.Length < ExtensibleLength) throw Undecodable($"its extensible format chunk has {chunk.Length} bytes");
            tag = chunk[26..ExtensibleLength].SequenceEqual(SubFormatTail) ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]) : ExtensibleTag;
        }

        var encoding = EncodingOf(tag, bits);
        if (encoding != WavEncoding.Foreign && blockAlign != channels * BytesPerSample(encoding))
        {
            throw Undecodable($"it claims {blockAlign} bytes a frame for {channels} channels of {bits} bits");
        }

        return new(encoding, channels, (int)sampleRate, blockAlign);
    }

    private static WavEncoding EncodingOf(int tag, int bits) => (tag, bits) switch
    {
        (PcmTag, >= 1 and <= 8) => WavEncoding.Unsigned8,
        (PcmTag, > 8 and <= 16) => WavEncoding.Signed16,
        (PcmTag, > 16 and <= 24) => WavEncoding.Signed24,
        (PcmTag, > 24 and <= 32) => WavEncoding.Signed32,
        (FloatTag, 32) => WavEncoding.Float32,
        (FloatTag, 64) => WavEncoding.Float64,
        (ALawTag, 8) => WavEncoding.ALaw,
        (MuLawTag, 8) => WavEncoding.MuLaw,
        (PcmTag or FloatTag or ALawTag or MuLawTag, _) => throw Undecodable($"it claims {bits} bits a sample"),
        _ => WavEncoding.Foreign,
    };

    private static int BytesPerSample(WavEncoding encoding) => encoding switch
    {
        WavEncoding.Signed16 => 2,
        WavEncoding.Signed24 => 3,
        WavEncoding.Signed32 or WavEncoding.Float32 => 4,
        WavEncoding.Float64 => 8,
        _ => 1,
    };

    private static AudioException Undecodable(string why) => new(AudioFailure.Undecodable, $"The WAV file cannot be read: {why}.");
}

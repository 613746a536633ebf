using System.Buffers.Binary;

namespace VoiceFunctions.EndToEnd.Audio;

/// <summary>WAV files made and measured without the code under test.</summary>
internal static class WavFile
{
    private const int Header = 44;

    public static byte[] Wrap(ReadOnlySpan<byte> samples, int sampleRate, int bits = 16)
    {
        var file = new byte[Header + samples.Length];
        var span = file.AsSpan();
        "RIFF"u8.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(span[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(span[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(span[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(span[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(span[28..], sampleRate * bits / 8);
        BinaryPrimitives.WriteInt16LittleEndian(span[32..], (short)(bits / 8));
        BinaryPrimitives.WriteInt16LittleEndian(span[34..], (short)bits);
        "data"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[40..], samples.Length);
        samples.CopyTo(span[Header..]);
        return file;
    }

    public static byte[] Silence(double seconds, int sampleRate = 16_000) => Wrap(new byte[(int)(seconds * sampleRate) * 2], sampleRate);

    /// <summary>The samples of a plain 16-bit mono file.</summary>
    public static (short[] Samples, int SampleRate) Read(ReadOnlySpan<byte> file)
    {
        Assert.Equal("RIFF"u8, file[..4]);
        Assert.Equal(file.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(file[4..]));
        Assert.Equal(1, BinaryPrimitives.ReadInt16LittleEndian(file[20..]));
        Assert.Equal(1, BinaryPrimitives.ReadInt16LittleEndian(file[22..]));
        Assert.Equal(16, BinaryPrimitives.ReadInt16LittleEndian(file[34..]));
        Assert.Equal(file.Length - Header, BinaryPrimitives.ReadInt32LittleEndian(file[40..]));
        return (Samples(file[Header..]), BinaryPrimitives.ReadInt32LittleEndian(file[24..]));
    }

    public static short[] Samples(ReadOnlySpan<byte> bytes)
    {
        var samples = new short[bytes.Length / 2];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(i * 2)..]);
        }

        return samples;
    }
}

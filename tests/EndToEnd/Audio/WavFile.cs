using System.Buffers.Binary;

namespace VoiceFunctions.EndToEnd.Audio;

/// <summary>WAV files made and measured without the code under test.</summary>
internal static class WavFile
{
    public const int HeaderBytes = 44;

    public static byte[] Wrap(ReadOnlySpan<byte> samples, int sampleRate, int bits = 16) => [.. Head(samples.Length, sampleRate, bits), .. samples];

    /// <summary>What stands before so many bytes of samples.</summary>
    public static byte[] Head(long bytes, int sampleRate, int bits = 16)
    {
        var head = new byte[HeaderBytes];
        var span = head.AsSpan();
        "RIFF"u8.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], checked((int)(HeaderBytes + bytes - 8)));
        "WAVEfmt "u8.CopyTo(span[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(span[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(span[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(span[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(span[28..], sampleRate * bits / 8);
        BinaryPrimitives.WriteInt16LittleEndian(span[32..], (short)(bits / 8));
        BinaryPrimitives.WriteInt16LittleEndian(span[34..], (short)bits);
        "data"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[40..], checked((int)bytes));
        return head;
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
        Assert.Equal(file.Length - HeaderBytes, BinaryPrimitives.ReadInt32LittleEndian(file[40..]));
        return (Samples(file[HeaderBytes..]), BinaryPrimitives.ReadInt32LittleEndian(file[24..]));
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

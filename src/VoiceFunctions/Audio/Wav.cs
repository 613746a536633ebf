using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio;

/// <summary>Whole WAV files in memory.</summary>
internal static class Wav
{
    public const int HeaderBytes = 44;

    /// <summary>The most bytes of samples that a plain header counts: sizes closer to 4 GB than that stand for "unknown" (<see cref="WavSizes"/>).</summary>
    public const long MaxDataBytes = 0xFFFF_F000 - HeaderBytes;

    private const int LongHeaderBytes = 80;
    private const int BlockFrames = 16 * 1024;

    /// <summary>The header of 16-bit mono PCM of any length: beyond 4 GB, one with 64-bit sizes (RF64, EBU Tech 3306).</summary>
    public static byte[] Header(int sampleRate, long dataBytes)
    {
        if (dataBytes <= MaxDataBytes)
        {
            var plain = new byte[HeaderBytes];
            WriteHeader(plain, sampleRate, dataBytes);
            return plain;
        }

        var header = new byte[LongHeaderBytes];
        WriteHeader(header.AsSpan(LongHeaderBytes - HeaderBytes), sampleRate, 0);
        "RF64"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), uint.MaxValue);
        "WAVEds64"u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 28);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(20), dataBytes + LongHeaderBytes - 8);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(28), dataBytes);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(36), dataBytes / sizeof(short));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(44), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(LongHeaderBytes - 4), uint.MaxValue);
        return header;
    }

    /// <summary>The header of 16-bit mono PCM of <paramref name="dataBytes"/> bytes.</summary>
    public static void WriteHeader(Span<byte> header, int sampleRate, long dataBytes)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], checked((uint)(dataBytes + HeaderBytes - 8)));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], checked((uint)dataBytes));
    }

    /// <summary>16-bit mono PCM.</summary>
    public static byte[] Write(PcmAudio audio)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(HeaderBytes + (audio.Samples.Length * sizeof(short)));
        WriteHeader(bytes, audio.SampleRate, bytes.Length - HeaderBytes);
        PcmConversion.ToInt16(audio.Samples.Span, MemoryMarshal.Cast<byte, short>(bytes.AsSpan(HeaderBytes)));
        return bytes;
    }

    /// <summary>
    /// Takes the bytes of a file over: writes the header of the right sizes over whatever stands before the samples. Who writes WAV while speaking leaves the sizes
    /// open.
    /// </summary>
    public static void PutHeader(ReadOnlyMemory<byte> file, int sampleRate) => WriteHeader(MemoryMarshal.AsMemory(file).Span, sampleRate, file.Length - HeaderBytes);

    /// <exception cref="AudioException">The bytes are not a WAV file that can be read without ffmpeg.</exception>
    public static PcmAudio Parse(ReadOnlyMemory<byte> wav)
    {
        using var stream = EncodedAudio.OpenRead(wav);

        // A memory stream answers at once, so this never waits.
        return ReadAsync(stream, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>
    /// The same look at the file, without keeping its samples. 16-bit mono PCM can be passed on: its samples, and room before them for the header of
    /// <see cref="PutHeader"/>.
    /// </summary>
    /// <exception cref="AudioException">The bytes are not a WAV file that can be read without ffmpeg.</exception>
    public static async ValueTask<MeasuredAudio> MeasureAsync(ReadOnlyMemory<byte> wav, CancellationToken cancellationToken)
    {
        using var stream = EncodedAudio.OpenRead(wav);
        using var reader = await OpenAsync(stream, cancellationToken);
        var meter = new LevelMeter();
        var block = ArrayPool<float>.Shared.Rent(BlockFrames);
        try
        {
            int frames;
            while ((frames = await reader.ReadAsync(block.AsMemory(0, BlockFrames), cancellationToken)) > 0) meter.Add(block.AsSpan(0, frames));
            return new(reader.Format.SampleRate, meter.Samples, meter.Levels)
            {
                File = reader.Format is { Encoding: WavEncoding.Signed16, Channels: 1 }
                    ? wav.Slice((int)reader.DataOffset - HeaderBytes, HeaderBytes + checked((int)(meter.Samples * sizeof(short))))
                    : default(ReadOnlyMemory<byte>?),
            };
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }
    }

    /// <summary>Reads a whole file of bounded length, for instance what an engine writes to its standard output.</summary>
    /// <exception cref="AudioException">The bytes are not a WAV file that can be read without ffmpeg.</exception>
    public static async ValueTask<PcmAudio> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = await OpenAsync(stream, cancellationToken);
        // A frame is a sample here, and no more frames can be there than fit into the file; one place more is where its end is noticed.
        var samples = new float[stream.CanSeek ? checked((int)(stream.Length / reader.Format.BlockAlign) + 1) : 16 * 1024];
        var count = 0;
        while (true)
        {
            var frames = await reader.ReadAsync(samples.AsMemory(count), cancellationToken);
            if (frames == 0) return new(samples.AsMemory(0, count), reader.Format.SampleRate);
            count += frames;
            if (count == samples.Length) Array.Resize(ref samples, checked(samples.Length * 2));
        }
    }

    private static async ValueTask<WavReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = await WavReader.OpenAsync(stream, cancellationToken);
        if (reader.Format.Encoding != WavEncoding.Foreign) return reader;
        reader.Dispose();
        throw new AudioException(AudioFailure.UnsupportedFormat, "The WAV file holds compressed audio.");
    }
}

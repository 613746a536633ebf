using System.Buffers.Binary;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

/// <summary>Puts WAV files together by hand, right ones and wrong ones.</summary>
internal sealed class WavBuilder
{
    private readonly List<byte> _chunks = [];

    public string Kind { get; init; } = "RIFF";

    public uint? RiffSize { get; init; }

    public static byte[] Format(int tag, int channels, uint sampleRate, int bits, int? blockAlign = null, int length = 16, int? subFormat = null)
    {
        var format = new byte[length];
        var align = blockAlign ?? (bits + 7) / 8 * channels;
        var whole = new byte[Math.Max(length, 40)];
        BinaryPrimitives.WriteUInt16LittleEndian(whole, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(4), sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(8), sampleRate * (uint)align);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(12), (ushort)align);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(14), (ushort)bits);
        if (subFormat is { } sub)
        {
            whole[16] = 22;
            BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(18), (ushort)bits);
            BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(24), (ushort)sub);
            ((ReadOnlySpan<byte>)[0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]).CopyTo(whole.AsSpan(26));
        }

        whole.AsSpan(0, length).CopyTo(format);
        return format;
    }

    public WavBuilder Chunk(string id, byte[] content, uint? size = null)
    {
        _chunks.AddRange(System.Text.Encoding.ASCII.GetBytes(id));
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, size ?? (uint)content.Length);
        _chunks.AddRange(bytes);
        _chunks.AddRange(content);
        if (content.Length % 2 == 1) _chunks.Add(0);
        return this;
    }

    public byte[] Build()
    {
        var wav = new byte[12 + _chunks.Count];
        System.Text.Encoding.ASCII.GetBytes(Kind).CopyTo(wav, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(4), RiffSize ?? (uint)(wav.Length - 8));
        "WAVE"u8.CopyTo(wav.AsSpan(8));
        _chunks.CopyTo(wav, 12);
        return wav;
    }

    /// <summary>Samples of whole frames, interleaved, in the encoding asked for.</summary>
    public static byte[] Samples(WavEncoding encoding, ReadOnlySpan<double> interleaved)
    {
        var bytes = new List<byte>();
        foreach (var sample in interleaved)
        {
            var full = Math.Clamp(sample, -1, 1);
            bytes.AddRange(encoding switch
            {
                WavEncoding.Unsigned8 => [(byte)Math.Clamp(Math.Round(full * 128) + 128, 0, 255)],
                WavEncoding.Signed16 => BitConverter.GetBytes((short)Math.Clamp(Math.Round(full * 32768), short.MinValue, short.MaxValue)),
                WavEncoding.Signed24 => BitConverter.GetBytes((int)Math.Clamp(Math.Round(full * 8388608), -8388608, 8388607))[..3],
                WavEncoding.Signed32 => BitConverter.GetBytes((int)Math.Clamp(Math.Round(full * 2147483648), int.MinValue, int.MaxValue)),
                WavEncoding.Float32 => BitConverter.GetBytes((float)sample),
                WavEncoding.Float64 => BitConverter.GetBytes(sample),
                _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
            });
        }

        return [.. bytes];
    }
}

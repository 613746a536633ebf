using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio;

/// <summary>
/// Between stored samples and floats. Whole numbers are divided by their full scale, 32768 for 16 bits, so that 16 bits come back unchanged.
/// Stored floats are clamped to [-1, 1], and what is not a number becomes 0: one damaged sample must not poison a filter's sums.
/// </summary>
internal static class PcmConversion
{
    private interface ISample
    {
        static abstract int Bytes { get; }

        static abstract float Read(ReadOnlySpan<byte> source);
    }

    /// <summary>Bare samples. An odd last byte is half a sample: the rest of it never came.</summary>
    public static PcmAudio Parse(EncodedAudio pcm)
    {
        var stored = MemoryMarshal.Cast<byte, short>(pcm.Bytes.Span);
        var samples = new float[stored.Length];
        FromInt16(stored, samples);
        return new PcmAudio(samples, pcm.SampleRate);
    }

    /// <summary>The same look at them, without keeping the floats.</summary>
    public static MeasuredAudio Measure(EncodedAudio pcm)
    {
        var meter = new LevelMeter();
        Span<float> block = stackalloc float[1024];
        for (var stored = MemoryMarshal.Cast<byte, short>(pcm.Bytes.Span); !stored.IsEmpty; stored = stored[Math.Min(stored.Length, block.Length)..])
        {
            var taken = block[..Math.Min(stored.Length, block.Length)];
            FromInt16(stored[..taken.Length], taken);
            meter.Add(taken);
        }

        return new MeasuredAudio(pcm.SampleRate, meter.Samples, meter.Levels) { File = pcm.Bytes[..(int)(meter.Samples * sizeof(short))] };
    }

    /// <summary>Averages the channels of whole frames.</summary>
    public static void ToMono(ReadOnlySpan<byte> frames, WavFormat format, Span<float> mono)
    {
        switch (format.Encoding)
        {
            case WavEncoding.Signed16 when format.Channels == 1:
                FromInt16(MemoryMarshal.Cast<byte, short>(frames), mono);
                break;
            case WavEncoding.Signed16 when format.Channels == 2:
                FromStereoInt16(MemoryMarshal.Cast<byte, int>(frames), mono);
                break;
            case WavEncoding.Float32 when format.Channels == 1:
                FromFloat(MemoryMarshal.Cast<byte, float>(frames), mono);
                break;
            case WavEncoding.Unsigned8: Mix<Unsigned8>(frames, format.Channels, mono); break;
            case WavEncoding.Signed16: Mix<Signed16>(frames, format.Channels, mono); break;
            case WavEncoding.Signed24: Mix<Signed24>(frames, format.Channels, mono); break;
            case WavEncoding.Signed32: Mix<Signed32>(frames, format.Channels, mono); break;
            case WavEncoding.Float32: Mix<Float32>(frames, format.Channels, mono); break;
            case WavEncoding.Float64: Mix<Float64>(frames, format.Channels, mono); break;
            case WavEncoding.MuLaw: Mix<MuLaw>(frames, format.Channels, mono); break;
            case WavEncoding.ALaw: Mix<ALaw>(frames, format.Channels, mono); break;
            default: throw new ArgumentOutOfRangeException(nameof(format), format.Encoding, message: null);
        }
    }

    /// <summary>Rounds to 16 bits, to even between two, and clamps.</summary>
    public static void ToInt16(ReadOnlySpan<float> samples, Span<short> target)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; i <= samples.Length - Vector<short>.Count; i += Vector<short>.Count)
            {
                Vector.Narrow(Round(samples[i..]), Round(samples[(i + Vector<float>.Count)..])).CopyTo(target[i..]);
            }
        }

        for (; i < samples.Length; i++) target[i] = (short)MathF.Round(Math.Clamp(samples[i] * 32768f, short.MinValue, short.MaxValue));

        static Vector<int> Round(ReadOnlySpan<float> source)
        {
            var scaled = Vector.Clamp(new Vector<float>(source) * 32768f, new(short.MinValue), new(short.MaxValue));
            return Vector.ConvertToInt32(Vector.Round(scaled));
        }
    }

    public static void FromInt16(ReadOnlySpan<short> source, Span<float> mono)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; i <= source.Length - Vector<short>.Count; i += Vector<short>.Count)
            {
                Vector.Widen(new Vector<short>(source[i..]), out var low, out var high);
                (Vector.ConvertToSingle(low) * (1 / 32768f)).CopyTo(mono[i..]);
                (Vector.ConvertToSingle(high) * (1 / 32768f)).CopyTo(mono[(i + Vector<int>.Count)..]);
            }
        }

        for (; i < source.Length; i++) mono[i] = source[i] * (1 / 32768f);
    }

    /// <summary>A frame of two 16-bit samples is one 32-bit word: the left in its lower half.</summary>
    private static void FromStereoInt16(ReadOnlySpan<int> source, Span<float> mono)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; i <= source.Length - Vector<int>.Count; i += Vector<int>.Count)
            {
                var frames = new Vector<int>(source[i..]);
                var sum = Vector.ShiftRightArithmetic(Vector.ShiftLeft(frames, 16), 16) + Vector.ShiftRightArithmetic(frames, 16);
                (Vector.ConvertToSingle(sum) * (1 / 65536f)).CopyTo(mono[i..]);
            }
        }

        for (; i < source.Length; i++) mono[i] = ((short)source[i] + (source[i] >> 16)) * (1 / 65536f);
    }

    private static void FromFloat(ReadOnlySpan<float> source, Span<float> mono)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var values = new Vector<float>(source[i..]);
                var numbers = Vector.ConditionalSelect(Vector.Equals(values, values), values, Vector<float>.Zero);
                Vector.Clamp(numbers, new(-1f), new(1f)).CopyTo(mono[i..]);
            }
        }

        for (; i < source.Length; i++) mono[i] = Tame(source[i]);
    }

    private static void Mix<TSample>(ReadOnlySpan<byte> frames, int channels, Span<float> mono)
        where TSample : struct, ISample
    {
        var scale = 1f / channels;
        for (var i = 0; i < mono.Length; i++)
        {
            var sum = 0f;
            for (var channel = 0; channel < channels; channel++)
            {
                sum += TSample.Read(frames);
                frames = frames[TSample.Bytes..];
            }

            mono[i] = sum * scale;
        }
    }

    private static float Tame(float value) => float.IsNaN(value) ? 0 : Math.Clamp(value, -1f, 1f);

    private readonly struct Unsigned8 : ISample
    {
        public static int Bytes => 1;

        public static float Read(ReadOnlySpan<byte> source) => (source[0] - 128) * (1 / 128f);
    }

    private readonly struct Signed16 : ISample
    {
        public static int Bytes => 2;

        public static float Read(ReadOnlySpan<byte> source) => BinaryPrimitives.ReadInt16LittleEndian(source) * (1 / 32768f);
    }

    private readonly struct Signed24 : ISample
    {
        public static int Bytes => 3;

        public static float Read(ReadOnlySpan<byte> source) => ((source[0] << 8) | (source[1] << 16) | (source[2] << 24)) * (1 / 2147483648f);
    }

    private readonly struct Signed32 : ISample
    {
        public static int Bytes => 4;

        public static float Read(ReadOnlySpan<byte> source) => BinaryPrimitives.ReadInt32LittleEndian(source) * (1 / 2147483648f);
    }

    private readonly struct Float32 : ISample
    {
        public static int Bytes => 4;

        public static float Read(ReadOnlySpan<byte> source) => Tame(BinaryPrimitives.ReadSingleLittleEndian(source));
    }

    private readonly struct Float64 : ISample
    {
        public static int Bytes => 8;

        public static float Read(ReadOnlySpan<byte> source) => Tame((float)BinaryPrimitives.ReadDoubleLittleEndian(source));
    }

    private readonly struct MuLaw : ISample
    {
        public static int Bytes => 1;

        public static float Read(ReadOnlySpan<byte> source) => G711.FromMuLaw(source[0]) * (1 / 32768f);
    }

    private readonly struct ALaw : ISample
    {
        public static int Bytes => 1;

        public static float Read(ReadOnlySpan<byte> source) => G711.FromALaw(source[0]) * (1 / 32768f);
    }
}

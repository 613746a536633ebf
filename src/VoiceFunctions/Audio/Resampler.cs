using System.Numerics.Tensors;

namespace VoiceFunctions.Audio;

/// <summary>
/// Changes the sample rate of mono audio block by block; the output does not depend on how the input was cut into blocks. The filter's delay is
/// taken out: output sample k lies at the time of input sample k * from / to. n input samples give ceil(n * to / from) output samples.
/// </summary>
internal sealed class Resampler
{
    private const int WindowBlock = 4096;

    private readonly ResamplerFilter? _filter;
    private readonly float[] _window;
    private readonly int _from;
    private readonly int _to;

    /// <summary>How many samples of the window are filled, and where in it the next output sample's filter begins.</summary>
    private int _filled;
    private int _next;
    private int _position;
    private long _taken;
    private long _given;

    public Resampler(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, WavFormat.MinSampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, WavFormat.MaxSampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, WavFormat.MinSampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, WavFormat.MaxSampleRate);
        (_from, _to) = (from, to);
        _filter = from == to ? null : ResamplerFilter.For(from, to);
        _window = _filter is null ? [] : new float[_filter.Taps + WindowBlock];

        // Silence stands before the first sample, as far as the filter looks back.
        _filled = _filter is null ? 0 : _filter.HalfTaps - 1;
    }

    public static long OutputLength(long samples, int from, int to) => ((samples * to) + from - 1) / from;

    /// <summary>The room that <see cref="Process"/> needs at most for a block, and <see cref="Flush"/> for none.</summary>
    public int MaxOutput(int inputLength) => checked((int)OutputLength(inputLength + (_filter?.Taps ?? 0), _from, _to) + 1);

    /// <summary>Takes all of <paramref name="input"/> and answers how many samples it wrote.</summary>
    public int Process(ReadOnlySpan<float> input, Span<float> output)
    {
        _taken += input.Length;
        if (_filter is null)
        {
            input.CopyTo(output);
            _given += input.Length;
            return input.Length;
        }

        var written = 0;
        while (!input.IsEmpty)
        {
            var block = input[..Math.Min(input.Length, _window.Length - _filled)];
            block.CopyTo(_window.AsSpan(_filled));
            _filled += block.Length;
            input = input[block.Length..];
            written += Produce(_filter, output[written..], int.MaxValue);
        }

        return written;
    }

    /// <summary>Writes what the filter still holds back. Nothing may follow.</summary>
    public int Flush(Span<float> output)
    {
        if (_filter is null) return 0;
        var written = 0;
        for (var silence = _filter.HalfTaps; silence > 0;)
        {
            var block = Math.Min(silence, _window.Length - _filled);
            _window.AsSpan(_filled, block).Clear();
            _filled += block;
            silence -= block;
            written += Produce(_filter, output[written..], OutputLength(_taken, _from, _to) - _given);
        }

        return written;
    }

    public static PcmAudio Resample(PcmAudio audio, int sampleRate)
    {
        if (audio.SampleRate == sampleRate) return audio;
        var resampler = new Resampler(audio.SampleRate, sampleRate);
        var samples = GC.AllocateUninitializedArray<float>(resampler.MaxOutput(audio.Samples.Length));
        var written = resampler.Process(audio.Samples.Span, samples);
        written += resampler.Flush(samples.AsSpan(written));
        return new(samples.AsMemory(0, written), sampleRate);
    }

    private int Produce(ResamplerFilter filter, Span<float> output, long limit)
    {
        var written = 0;
        for (; _next + filter.Taps <= _filled && written < limit; written++)
        {
            output[written] = At(filter, _window.AsSpan(_next, filter.Taps));
            var position = _position + filter.Step;
            _next += position / filter.Positions;
            _position = position % filter.Positions;
        }

        _given += written;

        // When much is thrown away, the next filter can begin behind what has arrived.
        var dropped = Math.Min(_next, _filled);
        _window.AsSpan(dropped, _filled - dropped).CopyTo(_window);
        _filled -= dropped;
        _next -= dropped;
        return written;
    }

    private float At(ResamplerFilter filter, ReadOnlySpan<float> samples)
    {
        if (filter.IsExact) return TensorPrimitives.Dot(samples, filter.Row(_position));
        var exact = _position * (double)filter.Rows / filter.Positions;
        var row = (int)exact;
        var share = (float)(exact - row);
        return (TensorPrimitives.Dot(samples, filter.Row(row)) * (1 - share)) + (TensorPrimitives.Dot(samples, filter.Row(row + 1)) * share);
    }
}

using CsCheck;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(44100, 16000)]
    [InlineData(48000, 16000)]
    [InlineData(8000, 16000)]
    [InlineData(22050, 16000)]
    [InlineData(22050, 48000)]
    [InlineData(24000, 48000)]
    [InlineData(96000, 8000)]
    [InlineData(384000, 16000)]
    [InlineData(47999, 48000)]
    [InlineData(383999, 16000)]
    [InlineData(16001, 15999)]
    public void Resample_SineInTheBand_KeepsItsShapeAndPlace(int from, int to)
    {
        var lower = Math.Min(from, to);
        foreach (var hertz in (ReadOnlySpan<double>)[0.01 * lower, 0.11 * lower, 0.31 * lower, 0.44 * lower])
        {
            var resampled = Resampler.Resample(new PcmAudio(Sounds.Sine(hertz, from, from / 2), from), to).Samples.Span;

            Assert.Equal((int)Resampler.OutputLength(from / 2, from, to), resampled.Length);
            var expected = Sounds.Sine(hertz, to, resampled.Length);

            // The ends are the filter's start and end in silence; between them only noise may be left.
            var edge = resampled.Length / 5;
            var error = new float[resampled.Length - (2 * edge)];
            for (var i = 0; i < error.Length; i++) error[i] = resampled[edge + i] - expected[edge + i];
            var ratio = 20 * Math.Log10(Sounds.Rms(expected) / Sounds.Rms(error));
            Assert.True(ratio > 80, $"{hertz} Hz: {ratio:0.0} dB");
        }
    }

    [Theory]
    [InlineData(44100, 16000)]
    [InlineData(48000, 8000)]
    [InlineData(22050, 16000)]
    [InlineData(96000, 44100)]
    [InlineData(383999, 16000)]
    public void Resample_ToneAboveTheNewNyquist_IsGone(int from, int to)
    {
        foreach (var hertz in (ReadOnlySpan<double>)[0.5 * to, 0.55 * to, 0.65 * to, 0.49 * from])
        {
            var resampled = Resampler.Resample(new PcmAudio(Sounds.Sine(hertz, from, from / 2), from), to).Samples.Span;

            var edge = resampled.Length / 5;
            var level = 20 * Math.Log10(Sounds.Rms(resampled[edge..^edge]) / (0.5 / Math.Sqrt(2)));
            Assert.True(level < -80, $"{hertz} Hz: {level:0.0} dB");
        }
    }

    [Theory]
    [InlineData(8000, 16000)]
    [InlineData(22050, 48000)]
    [InlineData(12000, 44100)]
    public void Resample_Upwards_AddsNoImages(int from, int to)
    {
        var resampled = Resampler.Resample(new PcmAudio(Sounds.Sine(0.4 * from, from, from), from), to).Samples.Span;
        var edge = resampled.Length / 5;
        var middle = resampled[edge..^edge];

        // The image of a tone at f lies at from - f; its strength is the projection on that frequency.
        double cosine = 0, sine = 0;
        for (var i = 0; i < middle.Length; i++)
        {
            var window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / middle.Length));
            cosine += window * middle[i] * Math.Cos(2 * Math.PI * 0.6 * from * i / to);
            sine += window * middle[i] * Math.Sin(2 * Math.PI * 0.6 * from * i / to);
        }

        var level = 20 * Math.Log10(4 * Math.Sqrt((cosine * cosine) + (sine * sine)) / middle.Length / 0.5);
        Assert.True(level < -80, $"{level:0.0} dB");
    }

    [Fact]
    public void Process_AnyPartition_SameOutput() =>
        Gen.Select(Gen.Int[8000, 48000], Gen.Int[8000, 48000], Gen.Int[1, 2000].Array[1, 12], Gen.Bool).Sample(
            (from, to, sizes, usual) =>
            {
                if (usual) (from, to) = (from > 28000 ? 44100 : 22050, to > 28000 ? 48000 : 16000);
                var input = Sounds.Sine(440, from, sizes.Sum());
                var whole = Resampler.Resample(new PcmAudio(input, from), to).Samples.Span;

                var resampler = new Resampler(from, to);
                var parts = new List<float>();
                var position = 0;
                foreach (var size in sizes)
                {
                    var output = new float[resampler.MaxOutput(size)];
                    parts.AddRange(output.AsSpan(0, resampler.Process(input.AsSpan(position, size), output)));
                    position += size;
                }

                var rest = new float[resampler.MaxOutput(0)];
                parts.AddRange(rest.AsSpan(0, resampler.Flush(rest)));
                return parts.Count == Resampler.OutputLength(input.Length, from, to) && whole.SequenceEqual(parts.ToArray());
            },
            iter: 200);

    [Fact]
    public void Resample_AnyPairOfRatesInAHeader_HasTheLengthAndStaysSmall() =>
        Gen.Select(Gen.Int[1000, 384_000], Gen.Int[8000, 48000], Gen.Int[0, 3000]).Sample(
            (from, to, samples) =>
            {
                var input = new float[samples];
                Array.Fill(input, 0.5f);
                var output = Resampler.Resample(new PcmAudio(input, from), to).Samples.Span;
                return output.Length == (((long)samples * to) + from - 1) / from && !output.ContainsAnyExceptInRange(-0.7f, 0.7f);
            },
            iter: 200);

    [Fact]
    public void Resample_SameRate_IsTheSameMemory()
    {
        var audio = Sounds.Chirp(0.1, 16000);

        Assert.Equal(audio, Resampler.Resample(audio, 16000));
    }

    [Theory]
    [InlineData(999, 16000)]
    [InlineData(16000, 0)]
    [InlineData(384_001, 16000)]
    public void Resampler_RateOutOfRange_Throws(int from, int to) => Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(from, to));

    [Fact]
    public void Resample_Constant_StaysConstant()
    {
        var input = new float[22050];
        Array.Fill(input, 0.5f);

        var output = Resampler.Resample(new PcmAudio(input, 22050), 16000).Samples.Span;

        Assert.False(output[2000..^2000].ContainsAnyExceptInRange(0.49999f, 0.50001f));
    }
}

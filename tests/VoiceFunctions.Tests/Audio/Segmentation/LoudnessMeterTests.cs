using VoiceFunctions.Audio.Segmentation;

namespace VoiceFunctions.Tests.Audio.Segmentation;

public class LoudnessMeterTests
{
    private const int Rate = SileroVad.SampleRate;

    [Fact]
    public void Listen_DigitalSilence_IsNothing() => Assert.Equal(0, Share(new float[10 * Rate], 0, 10));

    [Fact]
    public void Listen_ConstantOffset_IsNothing() => Assert.Equal(0, Share([.. Enumerable.Repeat(0.3f, 10 * Rate)], 0, 10));

    [Fact]
    public void Listen_EvenNoise_IsNothing() => Assert.Equal(0, Share(Noise(10, 0.05f), 0, 10));

    [Theory]
    [InlineData(0f)]
    [InlineData(0.01f)]
    public void Listen_SoundOverABackground_IsTheSoundAlone(float background)
    {
        float[] audio = [.. Noise(3, background), .. Noise(5, 0.1f), .. Noise(3, background)];

        Assert.Equal(0, Share(audio, 0, 3));
        Assert.Equal(1, Share(audio, 3, 8));
        Assert.Equal(0, Share(audio, 8.1, 11));
    }

    /// <summary>The share of the frames between two times that count.</summary>
    private static double Share(float[] audio, double from, double to)
    {
        var meter = new LoudnessMeter();
        var (heard, all) = (0, 0);
        for (var at = 0; at < audio.Length; at += SileroVad.FrameSamples)
        {
            var frame = audio.AsSpan(at, Math.Min(SileroVad.FrameSamples, audio.Length - at));
            var loud = meter.Listen(frame) > 0.5f;
            if (at < from * Rate || at + frame.Length > to * Rate) continue;
            all++;
            heard += loud ? 1 : 0;
        }

        return (double)heard / all;
    }

    private static float[] Noise(double seconds, float amplitude)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(_ => amplitude * ((random.NextSingle() * 2) - 1))];
    }
}

using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class AudioLevelsTests
{
    [Fact]
    public void Measure_Nothing_IsSilence() => Assert.Equal(new AudioLevels(0, 0, IsSilent: true), AudioLevels.Measure([]));

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void Measure_AnyLength_FindsThePeakAndTheRms(int length)
    {
        var samples = new float[length];
        Array.Fill(samples, 0.25f);
        samples[length / 2] = -0.75f;

        var levels = AudioLevels.Measure(samples);

        Assert.Equal(0.75f, levels.Peak);
        Assert.Equal(Sounds.Rms(samples), levels.Rms, 1e-6);
        Assert.Equal(length == 1, levels.IsSilent);
    }
}

using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Tests.Audio;

namespace VoiceFunctions.Tests.Synthesis;

public sealed class SpokenAudioCheckTests
{
    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.01, true)]
    [InlineData(0.0005, false)]
    [InlineData(0, false)]
    public void Audible_Loudness_DecidesWhetherThereIsSomethingToHear(double amplitude, bool audible)
    {
        var exception = Record.Exception(() => SpokenAudioCheck.Audible("a", MeasuredAudio.Of(new PcmAudio(Sounds.Sine(440, 16_000, 16_000, amplitude), 16_000))));

        Assert.Equal(audible ? null : ProviderFailureKind.BadResult, (exception as ProviderException)?.Kind);
    }

    [Fact]
    public void Audible_Empty_IsABadResult() =>
        Assert.Equal(ProviderFailureKind.BadResult, Assert.Throws<ProviderException>(() => SpokenAudioCheck.Audible("a", MeasuredAudio.Of(new PcmAudio(Array.Empty<float>(), 16_000)))).Kind);

    [Theory]
    [InlineData(400, 1f, 10, true)]
    [InlineData(400, 1f, 9.9, false)]
    [InlineData(400, 2f, 5, true)]
    [InlineData(400, 2f, 4.9, false)]
    [InlineData(400, 0.5f, 10, true)]
    [InlineData(19, 1f, 0, true)]
    [InlineData(20, 1f, 0.49, false)]
    public void Duration_TooShortForItsLetters_IsCutOff(int letters, float speed, double seconds, bool complete)
    {
        var exception = Record.Exception(() => SpokenAudioCheck.Duration("a", new string('a', letters), ssml: false, speed, TimeSpan.FromSeconds(seconds)));

        Assert.Equal(complete ? null : ProviderFailureKind.BadResult, (exception as ProviderException)?.Kind);
    }

    [Fact]
    public void Duration_Ssml_DoesNotCountTheTags()
    {
        var text = $"<speak><prosody rate=\"{new string('a', 400)}\">hi</prosody></speak>";

        Assert.Null(Record.Exception(() => SpokenAudioCheck.Duration("a", text, ssml: true, speed: 1, TimeSpan.FromSeconds(0.2))));
        Assert.Throws<ProviderException>(() => SpokenAudioCheck.Duration("a", text, ssml: false, speed: 1, TimeSpan.FromSeconds(0.2)));
    }

    [Fact]
    public void Duration_TextOfNothingButOpeningBrackets_IsDoneInTime() =>
        Assert.Null(Record.Exception(() => SpokenAudioCheck.Duration("a", new string('<', 4096), ssml: true, speed: 1, TimeSpan.Zero)));
}

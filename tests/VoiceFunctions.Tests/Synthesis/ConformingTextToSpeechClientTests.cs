using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Testing;
using VoiceFunctions.Tests.Audio;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Synthesis;

public sealed class ConformingTextToSpeechClientTests(AudioLab lab) : IClassFixture<AudioLab>, IDisposable
{
    private const string Text = "This is what was to be said aloud.";

    private static readonly byte[] Spoken = AudioSamples.Wav(AudioSamples.SpeechLike(2, 24_000), 24_000);

    private readonly StubTextToSpeechClient _inner = new();

    public void Dispose() => _inner.Dispose();

    [Fact]
    public async Task GetAudioAsync_FormatOfTheProvider_IsPassedOnAsItIs()
    {
        var response = await SpeakAsync(_inner.ThenSpeaks(Spoken), "wav");

        Assert.Equal(Spoken, response.GetAudio().ToArray());
        Assert.Equal((AudioFormat.Wav, 24_000, 2d), (response.GetOutcome().Format, response.GetOutcome().SampleRate, response.GetOutcome().Duration));
    }

    [Fact]
    public async Task GetAudioAsync_WavThatLeavesItsSizesOpenBehindAnotherChunk_IsGivenAPlainHeader()
    {
        var response = await SpeakAsync(_inner.ThenSpeaks(OpenWav()), "wav");

        Assert.Equal(Spoken, response.GetAudio().ToArray());
        Assert.Equal(2, response.GetOutcome().Duration);
    }

    [Fact]
    public async Task GetAudioAsync_WavThatLeavesItsSizesOpenAtAnotherRate_IsConverted()
    {
        var response = await SpeakAsync(_inner.ThenSpeaks(OpenWav()), "wav", 8000);

        Assert.Equal((8000, 2d), (response.GetOutcome().SampleRate, response.GetOutcome().Duration));
        Assert.Equal((await SpeakAsync(_inner.ThenSpeaks(Spoken), "wav", 8000)).GetAudio().ToArray(), response.GetAudio().ToArray());
    }

    [Fact]
    public async Task GetAudioAsync_WavOfTwoChannels_IsMadeOne()
    {
        var samples = AudioSamples.SpeechLike(2, 24_000);
        var stereo = AudioSamples.Wav([.. samples.SelectMany(sample => new[] { sample, sample })], 24_000);
        (stereo[22], stereo[28], stereo[29], stereo[30], stereo[32]) = (2, 0x00, 0x77, 0x01, 4);

        Assert.Equal(Spoken, (await SpeakAsync(_inner.ThenSpeaks(stereo), "wav")).GetAudio().ToArray());
    }

    [Fact]
    public async Task GetAudioAsync_HalfASampleAtTheEnd_IsLeftOut()
    {
        var samples = AudioSamples.Pcm(AudioSamples.SpeechLike(2, 24_000));

        Assert.Equal(samples, (await SpeakAsync(_inner.ThenSpeaks([.. samples, 1]), "pcm", formats: [AudioFormat.Pcm])).GetAudio().ToArray());
    }

    [Theory]
    [InlineData("wav", 8000)]
    [InlineData("pcm", null)]
    [InlineData("pcm", 48_000)]
    public async Task GetAudioAsync_OtherFormatOrRate_IsConverted(string format, int? rate)
    {
        var response = await SpeakAsync(_inner.ThenSpeaks(Spoken), format, rate);

        var outcome = response.GetOutcome();
        Assert.Equal("wav", Assert.Single(_inner.Calls).Options.AudioFormat);
        Assert.Equal((AudioFormats.Parse(format), rate ?? 24_000, 2d), (outcome.Format, outcome.SampleRate, outcome.Duration));
        var header = format == "wav" ? 44 : 0;
        Assert.InRange((response.GetAudio().Length - header) / 2.0 / (rate ?? 24_000), 1.99, 2.01);
    }

    [Fact]
    public async Task GetAudioAsync_BareSamples_AreHeardAtTheRateTheProviderNames()
    {
        var samples = AudioSamples.Pcm(AudioSamples.SpeechLike(2, 16_000));
        _inner.ThenSpeaks(samples, outcome => outcome with { SampleRate = 16_000 });

        var response = await SpeakAsync(_inner, "pcm", formats: [AudioFormat.Pcm]);

        Assert.Equal(samples, response.GetAudio().ToArray());
        Assert.Equal((16_000, 2d), (response.GetOutcome().SampleRate, response.GetOutcome().Duration));
    }

    [Fact]
    public async Task GetAudioAsync_Silent_IsABadResult() => await FailsAsync(AudioSamples.SilentWav(2, 24_000));

    [Fact]
    public async Task GetAudioAsync_Empty_IsABadResult() => await FailsAsync([]);

    [Fact]
    public async Task GetAudioAsync_OtherContainer_IsABadResult() => await FailsAsync(AudioSamples.SilentMp3(100));

    [Fact]
    public async Task GetAudioAsync_ErrorPageForAudio_IsABadResult() => await FailsAsync("<html>Sorry</html>"u8.ToArray());

    [Fact]
    public async Task GetAudioAsync_CutOff_IsABadResult() => await FailsAsync(Spoken[..(Spoken.Length / 2)]);

    [Fact]
    public async Task GetAudioAsync_TooShortForItsText_IsABadResult() => await FailsAsync(AudioSamples.Wav(AudioSamples.SpeechLike(0.4, 24_000), 24_000));

    [Fact]
    public async Task GetAudioAsync_Options_AreNotChanged()
    {
        var options = Options("pcm", 8000);
        await SpeakAsync(_inner.ThenSpeaks(Spoken), options);

        Assert.Equal("pcm", options.AudioFormat);
    }

    private static TextToSpeechOptions Options(string format, int? rate) =>
        new TextToSpeechOptions { ModelId = "m", AudioFormat = format, VoiceId = "anyone" }.WithCall(new() { Provider = "a", SampleRate = rate });

    private async Task FailsAsync(byte[] audio)
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(_inner.ThenSpeaks(audio), "wav"));

        Assert.Equal((ProviderFailureKind.BadResult, "a"), (failure.Kind, failure.Provider));
        Assert.DoesNotContain(Text, failure.ToString(), StringComparison.Ordinal);
    }

    private Task<TextToSpeechResponse> SpeakAsync(StubTextToSpeechClient inner, string format, int? rate = null, AudioFormat[]? formats = null) =>
        SpeakAsync(inner, Options(format, rate), formats);

    private async Task<TextToSpeechResponse> SpeakAsync(StubTextToSpeechClient inner, TextToSpeechOptions options, AudioFormat[]? formats = null)
    {
        var catalog = TestCatalog.Of(TestCatalog.Speaker("a", TestCatalog.Model("m") with { Formats = formats ?? [AudioFormat.Wav] }));
        using var client = new ConformingTextToSpeechClient(inner, catalog, lab.Decoder, lab.Encoder, lab.Capabilities);
        return await client.GetAudioAsync(Text, options, TestContext.Current.CancellationToken);
    }

    /// <summary><see cref="Spoken"/> as ffmpeg writes it while it speaks.</summary>
    private static byte[] OpenWav()
    {
        var open = AudioSamples.Wav(AudioSamples.SpeechLike(2, 24_000), 24_000, streamed: true);
        return [.. open[..36], .. "LIST"u8, 26, 0, 0, 0, .. "INFOISFT"u8, 14, 0, 0, 0, .. "Lavf60.16.100\0"u8, .. open[36..]];
    }
}

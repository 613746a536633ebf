using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Offline;
using VoiceFunctions.Testing;
using VoiceFunctions.Tests.Audio;
using VoiceFunctions.Tests.Stubs;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Tests.Transcription;

public sealed class ConformingSpeechToTextClientTests(AudioLab lab) : IClassFixture<AudioLab>, IDisposable
{
    private static readonly byte[] Recorded = AudioSamples.Wav(AudioSamples.SpeechLike(1.5, 44_100), 44_100);

    private readonly StubSpeechToTextClient _inner = new();

    public void Dispose() => _inner.Dispose();

    [Fact]
    public async Task GetTextAsync_ContainerOfTheProvider_IsSentAsItCame()
    {
        await HearAsync(AudioContainer.Wav, AudioContainer.Flac);

        var (audio, options) = Assert.Single(_inner.Calls);
        Assert.Equal(Recorded, audio);
        Assert.Equal(AudioContainer.Mp3, options.GetCall().Container);
    }

    [Fact]
    public async Task GetTextAsync_OtherContainer_IsSentAsWavAndSaysSo()
    {
        await HearAsync(AudioContainer.Flac);

        var (audio, options) = Assert.Single(_inner.Calls);
        var wav = Wav.Parse(audio);
        Assert.Equal((16_000, 24_000), (wav.SampleRate, wav.Samples.Length));
        Assert.Equal(AudioContainer.Wav, options.GetCall().Container);
    }

    [Fact]
    public async Task GetTextAsync_Duration_IsMeasuredHereWhateverTheProviderSays()
    {
        var response = await HearAsync(AudioContainer.Wav);

        Assert.Equal(1.5, response.GetOutcome().Duration);
    }

    private async Task<SpeechToTextResponse> HearAsync(params AudioContainer[] containers)
    {
        _inner.ThenHears("hello", outcome => outcome with { Duration = 99 });
        var catalog = TestCatalog.Of(TestCatalog.Listener("a", TestCatalog.Ear("m") with { Containers = containers }));
        using var activity = new VoiceActivity(new OfflineInventory(), TimeProvider.System);
        var presence = new SpeechPresence(lab.Decoder, activity);
        using var client = new ConformingSpeechToTextClient(_inner, catalog, presence);
        await using var recording = await lab.Inspector.InspectAsync(new MemoryStream(Recorded), 1_000_000, TestContext.Current.CancellationToken);
        var options = new SpeechToTextOptions { ModelId = "m" }.WithCall(new() { Provider = "a", Container = AudioContainer.Mp3 });
        return await client.GetTextAsync(recording, options, TestContext.Current.CancellationToken);
    }
}

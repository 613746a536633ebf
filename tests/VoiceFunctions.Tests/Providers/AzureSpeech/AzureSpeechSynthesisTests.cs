using System.Buffers.Binary;
using System.Xml.Linq;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Providers.AzureSpeech;

public sealed class AzureSpeechSynthesisTests : IAsyncLifetime
{
    private readonly AzureSpeechBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task GetAudio_WithEveryOption_SendsEach()
    {
        var options = new TextToSpeechOptions { ModelId = "neural", VoiceId = "ru-RU-DmitryNeural", Language = "ru-RU", AudioFormat = "wav", Speed = 1.5f }
            .WithCall(new SpeechCall { SampleRate = 16_000 });

        var response = await _bench.Speech.GetAudioAsync("Привет, мир 🌍", options, Token);

        var request = _bench.Server.Request;
        Assert.Equal("/tts/cognitiveservices/v1", request.Path);
        Assert.Equal("application/ssml+xml", request.ContentType);
        Assert.Equal("riff-16khz-16bit-mono-pcm", request.Header("X-Microsoft-OutputFormat"));
        Assert.Equal("VoiceFunctions/1.0", request.Header("User-Agent"));
        var spoken = Assert.Single(_bench.Server.Spoken);
        Assert.Equal(("ru-RU-DmitryNeural", "Привет, мир 🌍"), (spoken.Voice, spoken.Text));
        Assert.Equal("+50%", spoken.Markup.Elements().Single().Attribute("rate")!.Value);
        Assert.Equal("ru-RU", spoken.Markup.Parent!.Attribute(XNamespace.Xml + "lang")!.Value);
        Assert.Equal(AudioSamples.Speak("Привет, мир 🌍", "wav", 16_000, silent: false), response.GetAudio().ToArray());
        var outcome = response.GetOutcome();
        Assert.Equal(("azure", "neural", "ru-RU-DmitryNeural", AudioFormat.Wav, 16_000), (outcome.Provider, outcome.Model, outcome.Voice, outcome.Format!.Value, outcome.SampleRate!.Value));
        Assert.Null(outcome.Duration);
    }

    [Fact]
    public async Task GetAudio_WithoutSpeed_WritesNoMarkupAndBillsTheText()
    {
        var outcome = (await _bench.Speech.GetAudioAsync("a < b & c", new TextToSpeechOptions { AudioFormat = "pcm", Speed = 1 }, Token)).GetOutcome();

        Assert.Empty(_bench.Server.Spoken.Single().Markup.Elements());
        Assert.Equal(new BilledUnits(9, BillingUnit.Characters), outcome.Units);
        Assert.Equal(0.000135m, outcome.CostUsd);
        Assert.Equal("en-US-JennyNeural", outcome.Voice);
    }

    [Fact]
    public async Task GetAudio_OfChinese_BillsEachCharacterTwice()
    {
        var outcome = (await _bench.Speech.GetAudioAsync(
            "你好 ok", new TextToSpeechOptions { ModelId = "neural-cjk", VoiceId = "zh-CN-XiaoxiaoNeural", AudioFormat = "pcm" }, Token)).GetOutcome();

        Assert.Equal(7, outcome.Units!.Amount);
        Assert.Equal("neural-cjk", outcome.Model);
    }

    [Fact]
    public async Task GetAudio_ByAMultilingualVoice_SaysWhichLanguage()
    {
        await _bench.Speech.GetAudioAsync("Привет", new TextToSpeechOptions { VoiceId = "en-US-AvaMultilingualNeural", Language = "ru-RU", AudioFormat = "pcm" }, Token);

        Assert.Equal("ru-RU", _bench.Server.Spoken.Single().Markup.Elements().Single().Attribute(XNamespace.Xml + "lang")!.Value);
    }

    [Theory]
    [InlineData("wav", null, "riff-24khz-16bit-mono-pcm", 24_000)]
    [InlineData("wav", 8_000, "riff-8khz-16bit-mono-pcm", 8_000)]
    [InlineData("pcm", 22_050, "raw-22050hz-16bit-mono-pcm", 22_050)]
    [InlineData("pcm", 32_000, "raw-44100hz-16bit-mono-pcm", 44_100)]
    [InlineData("pcm", 48_000, "raw-48khz-16bit-mono-pcm", 48_000)]
    [InlineData("mp3", null, "audio-24khz-96kbitrate-mono-mp3", 24_000)]
    [InlineData("mp3", 8_000, "audio-16khz-64kbitrate-mono-mp3", 16_000)]
    [InlineData("mp3", 44_100, "audio-48khz-96kbitrate-mono-mp3", 48_000)]
    [InlineData("opus", null, "ogg-24khz-16bit-mono-opus", null)]
    [InlineData("opus", 48_000, "ogg-48khz-16bit-mono-opus", null)]
    public async Task GetAudio_InEachFormatAndRate_AsksForTheNearestAbove(string format, int? asked, string header, int? made)
    {
        _bench.Server.Audio = (_, _, _, _) => [1, 2, 3, 4];

        var response = await _bench.Speech.GetAudioAsync("Hi", new TextToSpeechOptions { AudioFormat = format }.WithCall(new SpeechCall { SampleRate = asked }), Token);

        Assert.Equal(header, _bench.Server.Request.Header("X-Microsoft-OutputFormat"));
        Assert.Equal(made, response.GetOutcome().SampleRate);
    }

    [Theory]
    [InlineData("aac")]
    [InlineData("flac")]
    public async Task GetAudio_InAFormatThatIsNotMade_IsRefusedWithoutACall(string format)
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => _bench.Speech.GetAudioAsync("Hi", new TextToSpeechOptions { AudioFormat = format }, Token));

        Assert.Equal(ProviderFailureKind.InvalidRequest, failure.Kind);
        Assert.Equal(0, _bench.Server.Count);
    }

    [Fact]
    public async Task GetAudio_CutAtTenMinutes_IsABadResult()
    {
        _bench.Server.Audio = (_, _, _, _) => new byte[16_000 / 8 * 600 * 4];

        var failure = await Assert.ThrowsAsync<ProviderException>(
            () => _bench.Speech.GetAudioAsync("long", new TextToSpeechOptions { AudioFormat = "mp3" }.WithCall(new SpeechCall { SampleRate = 16_000 }), Token));

        Assert.Equal((ProviderFailureKind.BadResult, "The speech was cut off at 10 minutes."), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData(598, true)]
    [InlineData(600, false)]
    public async Task GetAudio_OfOpus_ReadsTheLengthFromTheLastPage(int seconds, bool good)
    {
        var page = new byte[64];
        "OggS"u8.CopyTo(page);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), seconds * 48_000L);
        _bench.Server.Audio = (_, _, _, _) => page;

        var failure = await Record.ExceptionAsync(() => _bench.Speech.GetAudioAsync("long", new TextToSpeechOptions { AudioFormat = "opus" }, Token));

        Assert.Equal(good, failure is null);
    }

    [Fact]
    public async Task GetAudio_WithBadAudio_PassesItOnToWhoMeasures()
    {
        _bench.Server.Enqueue(Fault.SilentAudio(), Fault.TruncatedAudio());
        var options = new TextToSpeechOptions { AudioFormat = "wav" };

        var silent = (await _bench.Speech.GetAudioAsync("Hi", options, Token)).GetAudio().Length;
        var truncated = (await _bench.Speech.GetAudioAsync("Hi", options, Token)).GetAudio().Length;

        Assert.Equal(silent / 2, truncated);
    }
}

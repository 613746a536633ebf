using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Providers.OpenAI;

public sealed class OpenAISpeechTests : IAsyncLifetime
{
    private readonly OpenAIBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task GetAudio_WithEveryOption_SendsEach()
    {
        var options = new TextToSpeechOptions { ModelId = "gpt-4o-mini-tts", VoiceId = "marin", AudioFormat = "wav", Speed = 1.25f }
            .WithCall(new SpeechCall { Instructions = "Whisper, please." });

        var response = await _bench.Speech.GetAudioAsync("Grüße, мир 🌍", options, Token);

        using var sent = _bench.Server.Request.Json();
        Assert.Equal("gpt-4o-mini-tts", sent.RootElement.GetProperty("model").GetString());
        Assert.Equal("Grüße, мир 🌍", sent.RootElement.GetProperty("input").GetString());
        Assert.Equal("marin", sent.RootElement.GetProperty("voice").GetString());
        Assert.Equal("wav", sent.RootElement.GetProperty("response_format").GetString());
        Assert.Equal(1.25, sent.RootElement.GetProperty("speed").GetDouble());
        Assert.Equal("Whisper, please.", sent.RootElement.GetProperty("instructions").GetString());
        Assert.True(response.GetAudio().Span.StartsWith("RIFF"u8));
        Assert.Null(response.RawRepresentation);
        var outcome = response.GetOutcome();
        Assert.Equal(("openai", "gpt-4o-mini-tts", "marin", AudioFormat.Wav), (outcome.Provider, outcome.Model, outcome.Voice, outcome.Format!.Value));
        Assert.Null(outcome.Units);
        Assert.Null(outcome.CostUsd);
        Assert.Null(outcome.Duration);
    }

    [Fact]
    public async Task GetAudio_WithoutOptions_LeavesOutWhatWasNotAsked()
    {
        _bench.Server.Audio = (_, format, _, _) => format is "mp3" ? AudioSamples.SilentMp3(10) : throw new NotSupportedException(format);

        var response = await _bench.Speech.GetAudioAsync("Hello", null, Token);

        using var sent = _bench.Server.Request.Json();
        Assert.Equal(["input", "model", "response_format", "voice"], sent.RootElement.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("gpt-4o-mini-tts", sent.RootElement.GetProperty("model").GetString());
        Assert.Equal(AudioFormat.Mp3, response.GetOutcome().Format);
    }

    [Theory]
    [InlineData("mp3", "audio/mpeg")]
    [InlineData("wav", "audio/wav")]
    [InlineData("opus", "audio/ogg;codecs=opus")]
    [InlineData("aac", "audio/aac")]
    [InlineData("flac", "audio/flac")]
    [InlineData("pcm", "audio/L16;rate=24000;channels=1")]
    public async Task GetAudio_InEachFormat_AsksForItAndNamesIt(string format, string mediaType)
    {
        _bench.Server.Audio = (_, asked, _, _) => System.Text.Encoding.ASCII.GetBytes(asked);

        var response = await _bench.Speech.GetAudioAsync("Hello", new TextToSpeechOptions { AudioFormat = format }, Token);

        Assert.Equal(format, System.Text.Encoding.ASCII.GetString(response.GetAudio().Span));
        Assert.Equal(mediaType, response.Contents.OfType<DataContent>().Single().MediaType);
        Assert.Equal(format, response.GetOutcome().Format!.Value.ToString(), ignoreCase: true);
    }

    [Theory]
    [InlineData("tts-1", 0.000075)]
    [InlineData("tts-1-hd", 0.00015)]
    public async Task GetAudio_ByAModelBilledByCharacter_CountsScalarValues(string model, double cost)
    {
        var outcome = (await _bench.Speech.GetAudioAsync("Hey🌍!", new TextToSpeechOptions { ModelId = model, AudioFormat = "pcm" }, Token)).GetOutcome();

        Assert.Equal(new BilledUnits(5, BillingUnit.Characters), outcome.Units);
        Assert.Equal((decimal)cost, outcome.CostUsd);
        Assert.Equal(24_000, outcome.SampleRate);
    }

    [Fact]
    public async Task GetAudio_OfAVoiceThatTheModelLacks_IsAnInvalidRequest()
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(
            () => _bench.Speech.GetAudioAsync("Hello", new TextToSpeechOptions { ModelId = "tts-1", VoiceId = "marin" }, Token));

        Assert.Equal(ProviderFailureKind.InvalidRequest, failure.Kind);
    }

    [Fact]
    public async Task GetAudio_WithBadAudio_PassesItOnToWhoMeasures()
    {
        _bench.Server.Enqueue(Fault.SilentAudio(), Fault.TruncatedAudio(), Fault.WrongFormatAudio());
        var options = new TextToSpeechOptions { AudioFormat = "wav" };

        var silent = (await _bench.Speech.GetAudioAsync("Hi", options, Token)).GetAudio();
        var truncated = (await _bench.Speech.GetAudioAsync("Hi", options, Token)).GetAudio();
        var wrong = (await _bench.Speech.GetAudioAsync("Hi", options, Token)).GetAudio();

        Assert.False(silent[44..].Span.ContainsAnyExcept((byte)0));
        Assert.Equal(silent.Length / 2, truncated.Length);
        Assert.Equal(0xFF, wrong.Span[0]);
    }

    [Fact]
    public async Task GetStreamingAudio_Always_GivesTheWholeAudio()
    {
        var updates = new List<TextToSpeechResponseUpdate>();
        await foreach (var update in _bench.Speech.GetStreamingAudioAsync("Hello", new TextToSpeechOptions { AudioFormat = "pcm" }, Token))
        {
            updates.Add(update);
        }

        Assert.Equal(AudioSamples.Speak("Hello", "pcm", 24_000, silent: false), updates.SelectMany(update => update.Contents).OfType<DataContent>().Single().Data.ToArray());
    }
}

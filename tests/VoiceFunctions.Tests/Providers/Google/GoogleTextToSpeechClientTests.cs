using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing.Loopback;
using static VoiceFunctions.Tests.Providers.Google.GoogleBench;

namespace VoiceFunctions.Tests.Providers.Google;

public sealed class GoogleTextToSpeechClientTests
{
    [Fact]
    public async Task GetAudio_Text_SendsVoiceEncodingRateAndSpeed()
    {
        await using var bench = new GoogleBench();
        var options = Voice("de-DE-Neural2-B");
        options.Speed = 1.1f;

        await bench.SpeakAsync("Grüße, 世界 🎙", options, new() { SampleRate = 16_000 });

        using var sent = bench.Server.Request.Json();
        Assert.Equal("/v1/text:synthesize", bench.Server.Request.Path);
        Assert.Equal(LoopbackGoogle.ApiKey, bench.Server.Request.Header("X-Goog-Api-Key"));
        Assert.Empty(bench.Server.Request.Query);
        Assert.Equal("Grüße, 世界 🎙", sent.RootElement.GetProperty("input").GetProperty("text").GetString());
        Assert.False(sent.RootElement.GetProperty("input").TryGetProperty("ssml", out _));
        Assert.Equal("de-DE", sent.RootElement.GetProperty("voice").GetProperty("languageCode").GetString());
        Assert.Equal("de-DE-Neural2-B", sent.RootElement.GetProperty("voice").GetProperty("name").GetString());
        Assert.Equal("""{"audioEncoding":"LINEAR16","speakingRate":1.1,"sampleRateHertz":16000}""", sent.RootElement.GetProperty("audioConfig").GetRawText());
    }

    [Fact]
    public async Task GetAudio_NothingAskedFor_NamesTheRateAndLeavesTheSpeed()
    {
        await using var bench = new GoogleBench();

        await bench.SpeakAsync("Hello");

        using var sent = bench.Server.Request.Json();
        Assert.Equal("""{"audioEncoding":"LINEAR16","sampleRateHertz":24000}""", sent.RootElement.GetProperty("audioConfig").GetRawText());
    }

    [Fact]
    public async Task GetAudio_Answer_FillsTheOutcome()
    {
        await using var bench = new GoogleBench();

        var response = await bench.SpeakAsync("Hi 🎙");

        Assert.Equal("RIFF"u8.ToArray(), response.GetAudio()[..4].ToArray());
        Assert.Equivalent(
            new SpeechOutcome
            {
                Provider = "google",
                Model = "neural2",
                Voice = "en-US-Neural2-C",
                Format = AudioFormat.Wav,
                SampleRate = 24_000,
                Units = new(4, BillingUnit.Characters),
                CostUsd = 0.000064m,
            },
            response.GetOutcome(),
            strict: true);
    }

    [Theory]
    [InlineData("wav", "LINEAR16", AudioFormat.Wav)]
    [InlineData("mp3", "MP3", AudioFormat.Mp3)]
    [InlineData("opus", "OGG_OPUS", AudioFormat.Opus)]
    public async Task GetAudio_Format_IsNamedInGooglesWords(string asked, string encoding, AudioFormat delivered)
    {
        await using var bench = new GoogleBench();

        var response = await bench.SpeakAsync("Hello", Voice(format: asked));

        using var sent = bench.Server.Request.Json();
        Assert.Equal(encoding, sent.RootElement.GetProperty("audioConfig").GetProperty("audioEncoding").GetString());
        Assert.Equal(delivered, response.GetOutcome().Format);
    }

    [Fact]
    public async Task GetAudio_FormatThatGoogleLacks_IsRefusedWithoutACall()
    {
        await using var bench = new GoogleBench();

        await FailsAsync(() => bench.SpeakAsync("Hello", Voice(format: "flac")), ProviderFailureKind.InvalidRequest);

        Assert.Equal(0, bench.Server.Count);
    }

    [Fact]
    public async Task GetAudio_Ssml_GoesAsSsml()
    {
        await using var bench = new GoogleBench();

        await bench.SpeakAsync("<speak>One<break time=\"1s\"/>two</speak>", call: new() { Ssml = true });

        using var sent = bench.Server.Request.Json();
        Assert.Equal("<speak>One<break time=\"1s\"/>two</speak>", sent.RootElement.GetProperty("input").GetProperty("ssml").GetString());
        Assert.False(sent.RootElement.GetProperty("input").TryGetProperty("text", out _));
    }

    [Theory]
    [InlineData("<speak>secret")]
    [InlineData("plain secret")]
    [InlineData("<p>secret</p>")]
    [InlineData("<speak>secret</speak><speak>two</speak>")]
    [InlineData("<!DOCTYPE speak [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><speak>secret &x;</speak>")]
    [InlineData("<speak>secret <audio src=\"https://example.org/a.mp3\"/></speak>")]
    public async Task GetAudio_BadSsml_IsRefusedWithoutACall(string ssml)
    {
        await using var bench = new GoogleBench();

        var failure = await FailsAsync(() => bench.SpeakAsync(ssml, call: new() { Ssml = true }), ProviderFailureKind.InvalidRequest);

        Assert.Equal(0, bench.Server.Count);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAudio_5000Bytes_IsTheMost()
    {
        await using var bench = new GoogleBench();

        await bench.SpeakAsync(new string('я', 2500));
        await FailsAsync(() => bench.SpeakAsync(new string('я', 2500) + "!"), ProviderFailureKind.InvalidRequest);

        Assert.Equal(1, bench.Server.Count);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("")]
    public async Task GetAudio_BadBase64_IsABadResult(string audio)
    {
        await using var bench = new GoogleBench();
        bench.Server.Audio64 = _ => audio;

        await FailsAsync(() => bench.SpeakAsync("Hello"), ProviderFailureKind.BadResult);
    }

    [Fact]
    public async Task GetStreamingAudio_Text_YieldsTheAudio()
    {
        await using var bench = new GoogleBench();
        var updates = new List<TextToSpeechResponseUpdate>();

        await foreach (var update in bench.Provider.TextToSpeech!.GetStreamingAudioAsync("Hello", Voice(), Token))
        {
            updates.Add(update);
        }

        Assert.Contains(updates, update => update.Contents.OfType<DataContent>().Any(audio => audio.Data.Length > 44));
    }
}

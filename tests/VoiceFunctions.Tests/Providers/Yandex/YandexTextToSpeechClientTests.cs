using System.Text;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing.Loopback;
using static VoiceFunctions.Tests.Providers.Yandex.YandexBench;

namespace VoiceFunctions.Tests.Providers.Yandex;

public sealed class YandexTextToSpeechClientTests
{
    [Fact]
    public async Task GetAudio_Text_SendsTheForm()
    {
        await using var bench = new YandexBench(("FolderId", "folder-1"));
        var options = Voice("jane-evil");
        options.Speed = 1.1f;

        await bench.SpeakAsync("Привет & пока = 1+1 🎙", options, new() { SampleRate = 8_000 });

        Assert.Equal("/speech/v1/tts:synthesize", bench.Server.Request.Path);
        Assert.Equal($"Api-Key {LoopbackYandex.ApiKey}", bench.Server.Request.Header("Authorization"));
        Assert.Equivalent(
            new Dictionary<string, string>
            {
                ["text"] = "Привет & пока = 1+1 🎙",
                ["lang"] = "ru-RU",
                ["voice"] = "jane",
                ["emotion"] = "evil",
                ["format"] = "lpcm",
                ["sampleRateHertz"] = "8000",
                ["speed"] = "1.1",
                ["folderId"] = "folder-1",
            },
            LoopbackYandex.Form(bench.Server.Request),
            strict: true);
    }

    [Fact]
    public async Task GetAudio_NothingAskedFor_SendsNoMore()
    {
        await using var bench = new YandexBench();

        await bench.SpeakAsync("Hello", Voice("john", "mp3"));

        Assert.Equal("text=Hello&lang=en-US&voice=john&format=mp3", bench.Server.Request.Text);
    }

    [Fact]
    public async Task GetAudio_Answer_FillsTheOutcome()
    {
        await using var bench = new YandexBench();

        var response = await bench.SpeakAsync("Мир 🎙");

        Assert.NotEqual("RIFF"u8.ToArray(), response.GetAudio()[..4].ToArray());
        Assert.Equivalent(
            new SpeechOutcome
            {
                Provider = "yandex",
                Model = "v1",
                Voice = "filipp",
                Format = AudioFormat.Pcm,
                SampleRate = 48_000,
                Units = new(5, BillingUnit.Characters),
                CostUsd = 0.000054999991m,
            },
            response.GetOutcome(),
            strict: true);
    }

    [Theory]
    [InlineData("opus", "oggopus", AudioFormat.Opus, 48_000)]
    [InlineData("mp3", "mp3", AudioFormat.Mp3, null)]
    public async Task GetAudio_Format_IsNamedInYandexWords(string asked, string sent, AudioFormat delivered, int? rate)
    {
        await using var bench = new YandexBench();

        var outcome = (await bench.SpeakAsync("Привет", Voice(format: asked), new() { SampleRate = 16_000 })).GetOutcome();

        var form = LoopbackYandex.Form(bench.Server.Request);
        Assert.Equal(sent, form["format"]);
        Assert.DoesNotContain("sampleRateHertz", form.Keys);
        Assert.Equal((delivered, rate), (outcome.Format, outcome.SampleRate));
    }

    [Theory]
    [InlineData(8_000, 8_000)]
    [InlineData(11_025, 16_000)]
    [InlineData(16_000, 16_000)]
    [InlineData(24_000, 48_000)]
    public async Task GetAudio_Rate_IsTheLowestThatHoldsTheOneAskedFor(int asked, int delivered)
    {
        await using var bench = new YandexBench();

        var response = await bench.SpeakAsync("Привет", call: new() { SampleRate = asked });

        Assert.Equal(delivered.ToString(), LoopbackYandex.Form(bench.Server.Request)["sampleRateHertz"]);
        Assert.Equal(delivered, response.GetOutcome().SampleRate);
    }

    [Fact]
    public async Task GetAudio_Ssml_GoesAsSsml()
    {
        await using var bench = new YandexBench();

        await bench.SpeakAsync("<speak>Раз<break time=\"1s\"/></speak>", call: new() { Ssml = true });

        var form = LoopbackYandex.Form(bench.Server.Request);
        Assert.Equal("<speak>Раз<break time=\"1s\"/></speak>", form["ssml"]);
        Assert.DoesNotContain("text", form.Keys);
    }

    [Theory]
    [InlineData("<speak>секрет")]
    [InlineData("секрет")]
    [InlineData("<p>секрет</p>")]
    [InlineData("<!DOCTYPE speak [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><speak>секрет &x;</speak>")]
    [InlineData("<speak>секрет <audio src=\"https://example.org/a.mp3\"/></speak>")]
    [InlineData("<speak><prosody rate=\"fast\">секрет</prosody></speak>")]
    public async Task GetAudio_BadSsml_IsRefusedWithoutACall(string ssml)
    {
        await using var bench = new YandexBench();

        var failure = await FailsAsync(() => bench.SpeakAsync(ssml, call: new() { Ssml = true }), ProviderFailureKind.InvalidRequest);

        Assert.Equal(0, bench.Server.Count);
        Assert.DoesNotContain("секрет", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAudio_Limits_AreCharactersAndTheForm()
    {
        await using var bench = new YandexBench();

        await bench.SpeakAsync(new string('a', 5000));
        await FailsAsync(() => bench.SpeakAsync(new string('a', 5001)), ProviderFailureKind.InvalidRequest);
        await FailsAsync(() => bench.SpeakAsync(new string('я', 2600)), ProviderFailureKind.InvalidRequest);

        Assert.Equal(1, bench.Server.Count);
    }

    [Theory]
    [InlineData("я")]
    [InlineData("世")]
    [InlineData("🎙")]
    [InlineData("&")]
    public async Task GetAudio_AsMuchAsTheModelSaysItTakes_IsTaken(string letter)
    {
        await using var bench = new YandexBench(("FolderId", new string('f', 50)));
        var limit = bench.Provider.SynthesisModels[0].Limit;
        var text = string.Concat(Enumerable.Repeat(letter, (int)limit.Amount / Encoding.UTF8.GetByteCount(letter)));
        var options = Voice("marina-friendly");
        options.Speed = 1.25f;

        await bench.SpeakAsync(text, options);

        Assert.Equal(BillingUnit.Bytes, limit.Unit);
        Assert.InRange(bench.Server.Request.Body.Length, 3 * limit.Amount - 50, 15_000);
    }

    [Fact]
    public async Task GetAudio_UnknownVoiceOrFormat_IsRefusedWithoutACall()
    {
        await using var bench = new YandexBench();

        await FailsAsync(() => bench.SpeakAsync("Привет", Voice("alloy")), ProviderFailureKind.InvalidRequest);
        await FailsAsync(() => bench.SpeakAsync("Привет", Voice(format: "wav")), ProviderFailureKind.InvalidRequest);

        Assert.Equal(0, bench.Server.Count);
    }

    [Fact]
    public async Task GetAudio_EveryVoice_IsOneThatTheServerHas()
    {
        await using var bench = new YandexBench();

        foreach (var voice in bench.Provider.SynthesisModels[0].Voices)
        {
            await bench.SpeakAsync("1", Voice(voice.Id, "opus"));
        }

        Assert.Equal(21, bench.Server.Count);
    }
}

using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Tests.Providers.Offline;

public class OfflineTextToSpeechClientTests(OfflineHost host) : IClassFixture<OfflineHost>
{
    private const string Sentence = "The quick brown fox jumps over the lazy dog near the river bank.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("slt")]
    [InlineData("rms")]
    [InlineData("awb")]
    [InlineData("kal16")]
    public async Task GetAudio_EveryFliteVoice_Speaks(string voice)
    {
        var response = await host.Speaker.GetAudioAsync(Sentence, new() { VoiceId = voice }, Token);
        var outcome = response.GetOutcome();
        var audio = Wav.Parse(response.GetAudio());
        Assert.Equal(("flite", voice, AudioFormat.Wav, 16000), (outcome.Model, outcome.Voice, outcome.Format, outcome.SampleRate));
        Assert.Equal((0m, 64m, BillingUnit.Characters), (outcome.CostUsd, outcome.Units!.Amount, outcome.Units.Unit));
        Assert.InRange(audio.Duration.TotalSeconds, 2.5, 7);
        Assert.Equal(audio.Duration.TotalSeconds, outcome.Duration!.Value, 3);
        Assert.True(AudioLevels.Measure(audio.Samples.Span).Rms > 0.01f);
    }

    [Fact]
    public async Task GetAudio_DifferentVoices_SoundDifferent()
    {
        var voices = new List<PcmAudio>();
        foreach (var voice in FliteSynthesizer.Voices) voices.Add(await host.SpeakAsync(Sentence, new() { VoiceId = voice.Id }));
        Assert.Equal(voices.Count, voices.Select(voice => Convert.ToHexString(Wav.Write(voice))).Distinct().Count());
    }

    [Fact]
    public async Task GetAudio_SameCallTwice_GivesTheSameBytes()
    {
        var first = await host.Speaker.GetAudioAsync(Sentence, null, Token);
        var second = await host.Speaker.GetAudioAsync(Sentence, null, Token);
        Assert.True(first.GetAudio().Span.SequenceEqual(second.GetAudio().Span));
    }

    [Theory]
    [InlineData("flite")]
    [InlineData("espeak-ng")]
    public async Task GetAudio_Speed_ChangesTheDuration(string model)
    {
        var normal = (await host.SpeakAsync(Sentence, new() { ModelId = model })).Duration;
        var fast = (await host.SpeakAsync(Sentence, new() { ModelId = model, Speed = 2 })).Duration;
        var slow = (await host.SpeakAsync(Sentence, new() { ModelId = model, Speed = 0.5f })).Duration;
        Assert.InRange(fast / normal, 0.35, 0.65);
        Assert.InRange(slow / normal, 1.6, 2.4);
    }

    [Theory]
    [InlineData("-h", null)]
    [InlineData("--help me", null)]
    [InlineData("-voice kal16 is an option", "flite")]
    [InlineData("--version of espeak", "espeak-ng")]
    [InlineData("-w /tmp/file.wav is an option", "espeak-ng")]
    [InlineData("He said “don’t” — and left… \"quote\" 'single' `tick` $HOME \\ | ;", null)]
    [InlineData("Crème brûlée à la Zürich, naïve façade", null)]
    [InlineData("[[wiki]] links and <tags> & ampersands", "espeak-ng")]
    [InlineData("Good morning 😀 everyone", null)]
    public async Task GetAudio_AwkwardText_IsSpoken(string text, string? model)
    {
        var audio = await host.SpeakAsync(text, new() { ModelId = model });
        Assert.InRange(audio.Duration.TotalSeconds, 0.3, 15);
        Assert.False(AudioLevels.Measure(audio.Samples.Span).IsSilent);
    }

    [Fact]
    public async Task GetAudio_TypographicAndAsciiQuotes_SoundTheSame()
    {
        var ascii = await host.SpeakAsync("It's \"fine\", they said.");
        var typographic = await host.SpeakAsync("It’s “fine”, they said.");
        Assert.True(ascii.Samples.Span.SequenceEqual(typographic.Samples.Span));
    }

    [Fact]
    public async Task GetAudio_BracketsForEspeak_AreNotReadAsPhonemes()
    {
        var phonemes = await host.SpeakAsync("[[h@l'oU]]", new() { ModelId = "espeak-ng", Language = "en" });
        var words = await host.SpeakAsync("[ [h@l'oU]]", new() { ModelId = "espeak-ng", Language = "en" });
        Assert.True(phonemes.Samples.Span.SequenceEqual(words.Samples.Span));
    }

    [Theory]
    [InlineData("ru", "Добрый день, как у вас дела сегодня?", "ru")]
    [InlineData("ru-RU", "Добрый день, как у вас дела сегодня?", "ru")]
    [InlineData(null, "Добрый день, как у вас дела сегодня?", "ru")]
    [InlineData(null, "Доброго дня, як ваші справи? Їжак.", "uk")]
    [InlineData("de-DE", "Guten Tag, wie geht es Ihnen heute?", "de")]
    [InlineData("fr", "Bonjour, comment allez-vous aujourd'hui ?", "fr-fr")]
    [InlineData("fr-CA", "Bonjour, comment allez-vous aujourd'hui ?", "fr-fr")]
    [InlineData("pt-BR", "Bom dia, como vai você hoje?", "pt-br")]
    [InlineData("no", "God dag, hvordan har du det i dag?", "nb")]
    [InlineData("zh-CN", "你好，今天天气怎么样？", "cmn")]
    public async Task GetAudio_OtherLanguages_AreSpokenByEspeak(string? language, string text, string voice)
    {
        var response = await host.Speaker.GetAudioAsync(text, new() { Language = language }, Token);
        Assert.Equal(("espeak-ng", voice, 22050), (response.GetOutcome().Model, response.GetOutcome().Voice, response.GetOutcome().SampleRate));
        Assert.InRange(response.GetOutcome().Duration!.Value, 1, 8);
    }

    [Theory]
    [InlineData("en-GB", "flite")]
    [InlineData("EN", "flite")]
    [InlineData(null, "flite")]
    public async Task GetAudio_English_IsSpokenByFlite(string? language, string model) =>
        Assert.Equal(model, (await host.Speaker.GetAudioAsync(Sentence, new() { Language = language }, Token)).GetOutcome().Model);

    [Fact]
    public async Task GetAudio_EnglishWithForeignLetters_LeavesNothingUnsaid() =>
        Assert.Equal("espeak-ng", (await host.Speaker.GetAudioAsync("My friend Дмитрий says hello", null, Token)).GetOutcome().Model);

    [Theory]
    [InlineData("Hello", "tlh-XX", null, null, ProviderFailureKind.UnsupportedLanguage)]
    [InlineData("Привет", null, "flite", null, ProviderFailureKind.UnsupportedLanguage)]
    [InlineData("Hallo", "de", "flite", null, ProviderFailureKind.UnsupportedLanguage)]
    [InlineData("Hallo", "de", null, "slt", ProviderFailureKind.UnsupportedLanguage)]
    [InlineData("Hallo", "de", null, "ru", ProviderFailureKind.UnsupportedLanguage)]
    [InlineData("Hello", null, null, "nobody", ProviderFailureKind.InvalidRequest)]
    [InlineData("Hello", null, "flite", "ru", ProviderFailureKind.InvalidRequest)]
    [InlineData("Hello", null, "espeak-ng", "slt", ProviderFailureKind.InvalidRequest)]
    [InlineData("Hello", null, "tts-1", null, ProviderFailureKind.InvalidRequest)]
    [InlineData("", null, null, null, ProviderFailureKind.InvalidRequest)]
    [InlineData(" \n ", null, null, null, ProviderFailureKind.InvalidRequest)]
    [InlineData("… — !?", null, null, null, ProviderFailureKind.InvalidRequest)]
    [InlineData("😀🎉", null, null, null, ProviderFailureKind.InvalidRequest)]
    public async Task GetAudio_WhatCannotBeSpoken_IsRefused(string text, string? language, string? model, string? voice, ProviderFailureKind kind)
    {
        var options = new TextToSpeechOptions { Language = language, ModelId = model, VoiceId = voice };
        var exception = await Assert.ThrowsAsync<ProviderException>(() => host.Speaker.GetAudioAsync(text, options, Token));
        Assert.Equal((kind, "offline"), (exception.Kind, exception.Provider));
    }

    [Theory]
    [InlineData(null, 5f, null)]
    [InlineData("espeak-ng", 0.4f, null)]
    [InlineData("espeak-ng", 3f, null)]
    [InlineData(null, float.NaN, null)]
    [InlineData(null, null, "mp3")]
    public async Task GetAudio_OptionsOutOfRange_AreRefused(string? model, float? speed, string? format)
    {
        var options = new TextToSpeechOptions { ModelId = model, Speed = speed, AudioFormat = format };
        Assert.Equal(ProviderFailureKind.InvalidRequest, (await Assert.ThrowsAsync<ProviderException>(() => host.Speaker.GetAudioAsync("Hello", options, Token))).Kind);
    }

    [Fact]
    public async Task GetAudio_Pcm_IsTheWavWithoutItsHeader()
    {
        var wav = await host.Speaker.GetAudioAsync(Sentence, new() { AudioFormat = "wav" }, Token);
        var pcm = await host.Speaker.GetAudioAsync(Sentence, new() { AudioFormat = "pcm" }, Token);
        Assert.Equal("audio/L16;rate=16000;channels=1", pcm.Contents.OfType<DataContent>().Single().MediaType);
        Assert.True(wav.GetAudio()[Wav.HeaderBytes..].Span.SequenceEqual(pcm.GetAudio().Span));
    }

    [Fact]
    public async Task GetAudio_Ssml_IsReadByEspeakAndItsTagsAreNotSpoken()
    {
        var plain = await host.SpeakAsync("Hello there", new() { ModelId = "espeak-ng" });
        var options = new TextToSpeechOptions().WithCall(new SpeechCall { Ssml = true });
        var response = await host.Speaker.GetAudioAsync("<speak>Hello <break time=\"2s\"/> there</speak>", options, Token);
        Assert.Equal("espeak-ng", response.GetOutcome().Model);
        Assert.InRange(response.GetOutcome().Duration!.Value - plain.Duration.TotalSeconds, 1, 4);
    }

    [Theory]
    [InlineData("<speak>Hello", null)]
    [InlineData("<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><speak>&y;</speak>", null)]
    [InlineData("<speak><break time=\"2s\"/></speak>", null)]
    [InlineData("<speak>Hello</speak>", "flite")]
    [InlineData("<speak>Hello <audio src=\"/usr/share/sounds/alsa/Noise.wav\"/></speak>", null)]
    [InlineData("<speak>Hello <AUDIO src=\"/usr/share/sounds/alsa/Noise.wav\"/></speak>", null)]
    [InlineData("<speak xmlns:x=\"urn:x\">Hello <x:audio src=\"/usr/share/sounds/alsa/Noise.wav\"/></speak>", null)]
    public async Task GetAudio_UnusableSsml_IsRefused(string ssml, string? model)
    {
        var options = new TextToSpeechOptions { ModelId = model }.WithCall(new SpeechCall { Ssml = true });
        Assert.Equal(ProviderFailureKind.InvalidRequest, (await Assert.ThrowsAsync<ProviderException>(() => host.Speaker.GetAudioAsync(ssml, options, Token))).Kind);
    }

    [Theory]
    [InlineData("flite", "kal16")]
    [InlineData("espeak-ng", null)]
    public async Task GetAudio_LongestText_IsSpokenWhole(string model, string? voice)
    {
        var text = string.Concat(Enumerable.Repeat(Sentence + " ", 63));
        var audio = await host.SpeakAsync(text, new() { ModelId = model, VoiceId = voice });
        var one = await host.SpeakAsync(Sentence, new() { ModelId = model, VoiceId = voice });
        Assert.InRange(audio.Duration / one.Duration, 0.8 * 63, 1.2 * 63);
        await Assert.ThrowsAsync<ProviderException>(() => host.Speaker.GetAudioAsync(new string('x', 4097), new() { ModelId = model }, Token));
    }

    [Fact]
    public async Task GetStreamingAudio_Text_CarriesAllOfTheAudio()
    {
        var whole = (await host.Speaker.GetAudioAsync(Sentence, null, Token)).GetAudio();
        var bytes = new List<byte>();
        await foreach (var update in host.Speaker.GetStreamingAudioAsync(Sentence, null, Token))
        {
            foreach (var content in update.Contents.OfType<DataContent>()) bytes.AddRange(content.Data.Span);
        }

        Assert.Equal(whole.ToArray(), bytes);
    }
}

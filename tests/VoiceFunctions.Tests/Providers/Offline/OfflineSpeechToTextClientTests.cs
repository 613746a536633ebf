using System.Diagnostics;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Providers.Offline;

public class OfflineSpeechToTextClientTests(OfflineHost host) : IClassFixture<OfflineHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetText_RealRecordings_HasFewWordErrors()
    {
        var total = default(WordErrorRate);
        foreach (var (file, text) in Recordings.All)
        {
            var clock = Stopwatch.StartNew();
            var audio = Recordings.Read(file);
            var response = await host.ListenAsync(audio);
            var outcome = response.GetOutcome();
            total += WordErrorRate.Between(text, response.Text);
            Assert.InRange(outcome.Confidence!.Value, 0.7, 1);
            Assert.Equal(("offline", "moonshine-tiny", "en", 0m), (outcome.Provider, outcome.Model, outcome.Language, outcome.CostUsd));
            Assert.Equal(audio.Duration.TotalSeconds, outcome.Duration!.Value, 2);
            Assert.Equal(audio.Duration.TotalSeconds, (double)outcome.Units!.Amount, 2);
            TestContext.Current.TestOutputHelper!.WriteLine($"{file} {audio.Duration.TotalSeconds:F2} s in {clock.Elapsed.TotalSeconds:F2} s: {response.Text}");
        }

        Assert.True(total.Rate <= 0.08, $"{total.Errors} of {total.Words} words are wrong.");
    }

    [Fact]
    public async Task GetText_AMinuteOfSpeech_IsCutIntoOrderedSegments()
    {
        var (files, text) = (new List<PcmAudio>(), new List<string>());
        for (var round = 0; round < 3; round++)
        {
            foreach (var (file, spoken) in Recordings.All.Where(recording => recording.File.StartsWith("librivox", StringComparison.Ordinal)))
            {
                files.Add(Recordings.Read(file));
                text.Add(spoken);
            }
        }

        var audio = Recordings.Join(files);
        var response = await host.ListenAsync(audio);
        var segments = response.GetOutcome().Segments;
        Assert.True(audio.Duration > TimeSpan.FromSeconds(55));
        Assert.True(segments.Count >= 3);
        Assert.All(segments, segment => Assert.InRange(segment.End - segment.Start, 0.25, 20.001));
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        Assert.InRange(segments[^1].End, 50, audio.Duration.TotalSeconds);
        Assert.All(segments, segment => Assert.InRange(segment.Confidence!.Value, 0.7, 1));
        Assert.Equal(response.Text, string.Join(' ', segments.Select(segment => segment.Text)));
        Assert.InRange(WordErrorRate.Between(string.Join(' ', text), response.Text).Rate, 0, 0.08);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("noise")]
    [InlineData("tone")]
    public async Task GetText_NoSpeech_IsEmptyText(string kind)
    {
        var random = new Random(7);
        var samples = new float[5 * 16000];
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = kind switch
            {
                "noise" => (float)((random.NextDouble() - 0.5) * 0.2),
                "tone" => (float)(0.3 * Math.Sin(2 * Math.PI * 440 * index / 16000)),
                _ => 0,
            };
        }

        var response = await host.ListenAsync(new PcmAudio(samples, 16000));
        Assert.Equal("", response.Text);
        Assert.Empty(response.GetOutcome().Segments);
        Assert.Null(response.GetOutcome().Confidence);
        Assert.Equal(5, response.GetOutcome().Duration);
    }

    [Theory]
    [InlineData("ru", "Сегодня утром мы долго гуляли по старому городу и разговаривали о погоде, книгах и далёких путешествиях.")]
    [InlineData("es", "Esta mañana caminamos mucho tiempo por la ciudad vieja y hablamos del tiempo, de libros y de viajes lejanos.")]
    public async Task GetText_AnotherLanguage_IsNotRecognised(string language, string text)
    {
        var audio = await host.SpeakAsync(text, new() { Language = language });
        var exception = await Assert.ThrowsAsync<ProviderException>(() => host.ListenAsync(audio));
        Assert.Equal(ProviderFailureKind.NotRecognised, exception.Kind);
    }

    [Fact]
    public async Task GetText_ForeignSpeechAmongEnglish_InventsNothing()
    {
        var english = Recordings.Read(Recordings.All[0].File);
        var spoken = await host.SpeakAsync("Сегодня утром мы долго гуляли по старому городу.", new() { Language = "ru" });
        var russian = await Resample(spoken);
        var silence = new PcmAudio(new float[32000], 16000);
        var response = await host.ListenAsync(Recordings.Join(english, silence, russian, silence, english));
        var segments = response.GetOutcome().Segments;
        Assert.Equal(2 * WordErrorRate.Normalise(Recordings.All[0].Text).Count, WordErrorRate.Normalise(response.Text).Count);
        var unclear = Assert.Single(segments, segment => segment.Text.Length == 0);
        Assert.True(unclear.Confidence < 0.6);
        Assert.True(unclear.Start > 7 && unclear.End < segments[^1].Start);
    }

    [Fact]
    public async Task GetText_OwnSynthesis_IsHeardBack()
    {
        const string Text = "She opened the window and listened to the rain on the roof of the old house.";
        foreach (var model in (string[])["flite", "espeak-ng"])
        {
            var response = await host.ListenAsync(await host.SpeakAsync(Text, new() { ModelId = model, Language = "en" }));
            Assert.InRange(WordErrorRate.Between(Text, response.Text).Rate, 0, 0.25);
        }
    }

    [Theory]
    [InlineData("de", null, null, TimingKinds.None, false, ProviderFailureKind.UnsupportedLanguage)]
    [InlineData("ru-RU", null, null, TimingKinds.None, false, ProviderFailureKind.UnsupportedLanguage)]
    [InlineData(null, "de", null, TimingKinds.None, false, ProviderFailureKind.InvalidRequest)]
    [InlineData(null, null, "whisper-1", TimingKinds.None, false, ProviderFailureKind.InvalidRequest)]
    [InlineData(null, null, null, TimingKinds.Word, false, ProviderFailureKind.InvalidRequest)]
    [InlineData(null, null, null, TimingKinds.None, true, ProviderFailureKind.InvalidRequest)]
    public async Task GetText_WhatItCannotDo_IsRefused(string? language, string? target, string? model, TimingKinds timings, bool diarize, ProviderFailureKind kind)
    {
        var options = new SpeechToTextOptions { SpeechLanguage = language, TextLanguage = target, ModelId = model }.WithCall(new SpeechCall { Timings = timings, Diarize = diarize });
        Assert.Equal(kind, (await Assert.ThrowsAsync<ProviderException>(() => host.ListenAsync(Recordings.Read("goforward.raw"), options))).Kind);
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("EN")]
    public async Task GetText_EnglishOfAnyRegion_IsTaken(string language) =>
        Assert.Equal("Go forward ten meters.", (await host.ListenAsync(Recordings.Read("goforward.raw"), new() { SpeechLanguage = language })).Text);

    [Fact]
    public async Task GetText_NoAudio_BlamesTheAudio()
    {
        using var stream = new MemoryStream("This is not audio at all."u8.ToArray());
        await Assert.ThrowsAsync<AudioException>(() => host.Listener.GetTextAsync(stream, null, Token));
    }

    [Fact]
    public async Task GetText_Telephone_IsHeard()
    {
        var audio = Recordings.Read(Recordings.All[3].File);
        var narrow = new float[audio.Samples.Length / 2];
        for (var index = 0; index < narrow.Length; index++) narrow[index] = (audio.Samples.Span[2 * index] + audio.Samples.Span[(2 * index) + 1]) / 2;
        var response = await host.ListenAsync(new PcmAudio(narrow, 8000));
        Assert.InRange(WordErrorRate.Between(Recordings.All[3].Text, response.Text).Rate, 0, 0.2);
    }

    [Fact]
    public async Task GetText_SideBySide_GivesWhatItGivesAlone()
    {
        var expected = new List<string>();
        foreach (var (file, _) in Recordings.All) expected.Add((await host.ListenAsync(Recordings.Read(file))).Text);
        var together = await Task.WhenAll(Recordings.All.Select(recording => host.ListenAsync(Recordings.Read(recording.File))));
        Assert.Equal(expected, together.Select(response => response.Text));
    }

    [Fact]
    public async Task GetStreamingText_Recording_CarriesTheText()
    {
        using var stream = new MemoryStream(Wav.Write(Recordings.Read("goforward.raw")));
        var text = "";
        await foreach (var update in host.Listener.GetStreamingTextAsync(stream, null, Token)) text += update.Text;
        Assert.Equal("Go forward ten meters.", text);
    }

    private async Task<PcmAudio> Resample(PcmAudio audio)
    {
        using var stream = new MemoryStream(Wav.Write(audio));
        return await host.Get<AudioDecoder>().DecodeWholeAsync(stream, 16000, Token);
    }
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Providers.AzureSpeech;

public sealed class AzureSpeechRecognitionTests : IAsyncLifetime
{
    private static readonly byte[] Wav = AudioSamples.Wav(AudioSamples.SpeechLike(2, 16_000), 16_000);

    private readonly AzureSpeechBench _bench = new(null, null, ("AzureSpeech:TranscriptionUsdPerHour", "0.36"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task GetText_WithEveryOption_SendsEach()
    {
        await HearAsync("de-CH", new SpeechCall { Diarize = true, Prompt = "Zürich, Łódź;\nZürich" });

        var request = _bench.Server.Request;
        Assert.Equal("/speechtotext/transcriptions:transcribe", request.Path);
        Assert.Equal("2025-10-15", request.Query["api-version"]);
        Assert.Equal(Wav, request.Part("audio")!.Content);
        Assert.Equal("audio/wav", request.Part("audio")!.ContentType);
        using var definition = JsonDocument.Parse(request.Part("definition")!.Content);
        var root = definition.RootElement;
        Assert.Equal(["de-CH"], root.GetProperty("locales").EnumerateArray().Select(locale => locale.GetString()));
        Assert.Equal("None", root.GetProperty("profanityFilterMode").GetString());
        Assert.True(root.GetProperty("diarization").GetProperty("enabled").GetBoolean());
        Assert.Equal(["Zürich", "Łódź"], root.GetProperty("phraseList").GetProperty("phrases").EnumerateArray().Select(phrase => phrase.GetString()));
    }

    [Fact]
    public async Task GetText_WithoutOptions_LeavesOutWhatWasNotAsked()
    {
        await HearAsync(null, new SpeechCall());

        Assert.Equal("""{"profanityFilterMode":"None"}""", _bench.Server.Request.Part("definition")!.Text);
    }

    [Fact]
    public async Task GetText_WithoutALanguage_ChoosesAmongTheCandidates()
    {
        await using var bench = new AzureSpeechBench(null, null, ("AzureSpeech:CandidateLocales:0", "en-US"), ("AzureSpeech:CandidateLocales:1", "ru-RU"));

        await HearAsync(bench, null, new SpeechCall());

        Assert.Contains("""["en-US","ru-RU"]""", bench.Server.Request.Part("definition")!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "en-US")]
    [InlineData("no", "nb-NO")]
    [InlineData("RU", "ru-RU")]
    public async Task GetText_OfABareLanguage_SendsItsLocale(string language, string locale)
    {
        await HearAsync(language, new SpeechCall());

        Assert.Contains($"[\"{locale}\"]", _bench.Server.Request.Part("definition")!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetText_OfALanguageThatIsNotThere_IsRefusedWithoutACall()
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => HearAsync("tlh", new SpeechCall()));

        Assert.Equal(ProviderFailureKind.UnsupportedLanguage, failure.Kind);
        Assert.Equal(0, _bench.Server.Count);
    }

    [Fact]
    public async Task GetText_OfTwoPhrases_MapsAllThatWasMeasured()
    {
        var response = await HearAsync("en", new SpeechCall { Diarize = true });

        Assert.Equal("Hello there. General.", response.Text);
        var outcome = response.GetOutcome();
        Assert.Equal(
            [new SpeechSegment(0, 1.5, "Hello there.") { Speaker = "1", Confidence = 0.9 }, new SpeechSegment(1.5, 2, "General.") { Speaker = "2", Confidence = 0.5 }],
            outcome.Segments);
        Assert.Equal([new SpeechWord("Hello", 0, 0.7), new SpeechWord("there.", 0.7, 1.5), new SpeechWord("General.", 1.5, 2)], outcome.Words);
        Assert.Equal(0.8, outcome.Confidence!.Value, 6);
        Assert.Equal("en-US", outcome.Language);
        Assert.Equal(2, outcome.Duration);
        Assert.Equal(new BilledUnits(2, BillingUnit.Seconds), outcome.Units);
        Assert.Equal(0.0002m, outcome.CostUsd);
    }

    [Theory]
    [InlineData("""{"combinedPhrases":[{"text":"x"}],"phrases":[{"text":"x","offsetMilliseconds":0,"durationMilliseconds":10}]}""", null)]
    [InlineData("""{"phrases":[{"text":"x","offsetMilliseconds":0,"durationMilliseconds":10,"confidence":0.4},{"text":"y","offsetMilliseconds":10,"durationMilliseconds":90}]}""", 0.4)]
    [InlineData("""{"phrases":[{"text":"x","offsetMilliseconds":0,"durationMilliseconds":10,"confidence":-1}]}""", null)]
    [InlineData("""{"durationMilliseconds":2000,"combinedPhrases":[],"phrases":[]}""", null)]
    public async Task GetText_WithoutAllConfidences_WeighsOnlyTheGiven(string answer, double? confidence)
    {
        _bench.Server.Transcription = answer;

        var outcome = (await HearAsync("en", new SpeechCall())).GetOutcome();

        Assert.Equal(confidence, outcome.Confidence);
        Assert.Null(outcome.Language);
    }

    [Fact]
    public async Task GetText_OfSilence_IsAnEmptyText()
    {
        _bench.Server.Transcription = """{"durationMilliseconds":2000,"combinedPhrases":[],"phrases":[]}""";

        Assert.Equal("", (await HearAsync("en", new SpeechCall())).Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"phrases":{}}""")]
    public async Task GetText_OfAnotherShape_IsABadResult(string answer)
    {
        _bench.Server.Transcription = answer;

        Assert.Equal(ProviderFailureKind.BadResult, (await Assert.ThrowsAsync<ProviderException>(() => HearAsync("en", new SpeechCall()))).Kind);
    }

    [Fact]
    public async Task GetText_AfterAFailure_LeavesTheStreamOpenForTheNextTry()
    {
        _bench.Server.Enqueue(Fault.Status(503));
        using var audio = new MemoryStream(Wav);
        var options = new SpeechToTextOptions().WithCall(new SpeechCall { Container = AudioContainer.Wav });

        await Assert.ThrowsAsync<ProviderException>(() => _bench.Recognition.GetTextAsync(audio, options, Token));
        audio.Position = 0;

        Assert.Equal("Hello there. General.", (await _bench.Recognition.GetTextAsync(audio, options, Token)).Text);
    }

    private Task<SpeechToTextResponse> HearAsync(string? language, SpeechCall call) => HearAsync(_bench, language, call);

    private static async Task<SpeechToTextResponse> HearAsync(AzureSpeechBench bench, string? language, SpeechCall call)
    {
        using var audio = new MemoryStream(Wav);
        return await bench.Recognition.GetTextAsync(
            audio, new SpeechToTextOptions { SpeechLanguage = language }.WithCall(call with { Container = AudioContainer.Wav }), Token);
    }
}

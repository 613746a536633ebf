using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Providers.OpenAI;

public sealed class OpenAIRecognitionTests : IAsyncLifetime
{
    private static readonly byte[] Wav = AudioSamples.Wav(AudioSamples.SpeechLike(2, 16_000), 16_000);

    private readonly OpenAIBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task GetText_ByTheDefaultModel_SendsHintsAndReadsTheLanguage()
    {
        var response = await HearAsync(null, "en-GB", new SpeechCall { Prompt = "Zürich, Łódź" });

        Assert.Equal("gpt-transcribe", Sent("model"));
        Assert.Equal("en", Sent("languages[]"));
        Assert.Equal("Zürich, Łódź", Sent("prompt"));
        Assert.Equal("json", Sent("response_format"));
        Assert.Null(Sent("language"));
        Assert.Equal(Wav, _bench.Server.Request.Part("file")!.Content);
        Assert.Equal("audio.wav", _bench.Server.Request.Part("file")!.FileName);
        Assert.Equal("Hello from the loopback.", response.Text);
        var outcome = response.GetOutcome();
        Assert.Equal("en", outcome.Language);
        Assert.Equal(new BilledUnits(2, BillingUnit.Seconds), outcome.Units);
        Assert.Equal(0.00015m, outcome.CostUsd);
        Assert.Null(outcome.Confidence);
        Assert.Null(outcome.Duration);
        Assert.Empty(outcome.Segments);
    }

    [Theory]
    [InlineData(TimingKinds.None, 0)]
    [InlineData(TimingKinds.Segment, 0)]
    [InlineData(TimingKinds.Word, 4)]
    [InlineData(TimingKinds.Segment | TimingKinds.Word, 4)]
    public async Task GetText_ByWhisper_GivesSegmentsAndTheWordsAskedFor(TimingKinds timings, int words)
    {
        _bench.Server.Language = "russian";

        var outcome = (await HearAsync("whisper-1", null, new SpeechCall { Timings = timings })).GetOutcome();

        Assert.Equal("verbose_json", Sent("response_format"));
        Assert.Equal([new SpeechSegment(0, 1, "Hello from"), new SpeechSegment(1, 2, "the loopback.")], outcome.Segments);
        Assert.Equal(words, outcome.Words.Count);
        Assert.Equal("ru", outcome.Language);
        Assert.Equal(2, outcome.Duration);
        Assert.Equal(0.0002m, outcome.CostUsd);
        Assert.Null(outcome.Confidence);
    }

    [Theory]
    [InlineData("gpt-4o-transcribe", 0.0002)]
    [InlineData("gpt-4o-mini-transcribe", 0.0001)]
    public async Task GetText_ByAModelThatTellsNoSeconds_BillsTheMeasuredOnes(string model, double cost)
    {
        var outcome = (await HearAsync(model, "ru", new SpeechCall { AudioSeconds = 2 })).GetOutcome();

        Assert.Equal("ru", Sent("language"));
        Assert.Equal("json", Sent("response_format"));
        Assert.Equal((decimal)cost, outcome.CostUsd);
        Assert.Null(outcome.Language);
        Assert.Null(outcome.Duration);
    }

    [Fact]
    public async Task GetText_WithoutAnySeconds_HasNoPrice()
    {
        var outcome = (await HearAsync("gpt-4o-transcribe", null, new SpeechCall())).GetOutcome();

        Assert.Null(outcome.Units);
        Assert.Null(outcome.CostUsd);
    }

    [Fact]
    public async Task GetText_Diarized_TellsTheSpeakersAndSendsNoPrompt()
    {
        var outcome = (await HearAsync("gpt-4o-transcribe-diarize", "en", new SpeechCall { Diarize = true, Prompt = "ignored" })).GetOutcome();

        Assert.Equal("diarized_json", Sent("response_format"));
        Assert.Equal("auto", Sent("chunking_strategy"));
        Assert.Null(Sent("prompt"));
        Assert.Equal(["A", "B"], outcome.Segments.Select(segment => segment.Speaker));
    }

    [Fact]
    public async Task GetText_OfSilence_IsAnEmptyText()
    {
        _bench.Server.Transcript = "";

        Assert.Equal("", (await HearAsync("whisper-1", null, new SpeechCall())).Text);
    }

    [Theory]
    [InlineData(AudioContainer.Mp3, "audio.mp3")]
    [InlineData(AudioContainer.Ogg, "audio.ogg")]
    [InlineData(AudioContainer.Flac, "audio.flac")]
    [InlineData(AudioContainer.Mp4, "audio.m4a")]
    [InlineData(AudioContainer.Matroska, "audio.webm")]
    public async Task GetText_OfEachContainer_NamesTheFileAfterIt(AudioContainer container, string name)
    {
        using var audio = new MemoryStream([1, 2, 3]);

        await _bench.Recognition.GetTextAsync(audio, new SpeechToTextOptions().WithCall(new SpeechCall { Container = container }), Token);

        Assert.Equal(name, _bench.Server.Request.Part("file")!.FileName);
    }

    [Fact]
    public async Task GetText_OfAContainerThatIsNotTaken_IsRefusedWithoutACall()
    {
        using var audio = new MemoryStream([1, 2, 3]);

        var failure = await Assert.ThrowsAsync<ProviderException>(
            () => _bench.Recognition.GetTextAsync(audio, new SpeechToTextOptions().WithCall(new SpeechCall { Container = AudioContainer.Aiff }), Token));

        Assert.Equal(ProviderFailureKind.InvalidRequest, failure.Kind);
        Assert.Equal(0, _bench.Server.Count);
    }

    [Fact]
    public async Task GetText_AfterAFailure_LeavesTheStreamOpenForTheNextTry()
    {
        _bench.Server.Enqueue(Fault.Status(503));
        using var audio = new MemoryStream(Wav);
        var options = new SpeechToTextOptions().WithCall(new SpeechCall { Container = AudioContainer.Wav });

        await Assert.ThrowsAsync<ProviderException>(() => _bench.Recognition.GetTextAsync(audio, options, Token));
        audio.Position = 0;
        var response = await _bench.Recognition.GetTextAsync(audio, options, Token);

        Assert.Equal("Hello from the loopback.", response.Text);
        Assert.Equal(2, _bench.Server.Count);
    }

    [Theory]
    [InlineData("""{"text":"hi","language":"klingon"}""", null)]
    [InlineData("""{"text":"hi","language":"Haitian Creole"}""", "ht")]
    [InlineData("""{"text":"hi","languages":[]}""", null)]
    [InlineData("""{"text":"hi","languages":[{"code":"de"},"de-CH"]}""", "de-CH")]
    [InlineData("""{"text":"hi","duration":"2.5","language":"de"}""", "de")]
    public async Task GetText_WithALanguageOfAnyShape_TellsOnlyWhatItKnows(string answer, string? language)
    {
        _bench.Server.Enqueue(Fault.Body(_ => LoopbackReply.Json(answer)));

        Assert.Equal(language, (await HearAsync("whisper-1", null, new SpeechCall())).GetOutcome().Language);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"text":7}""")]
    [InlineData("""{"text":"hi","segments":"none"}""")]
    public async Task GetText_OfAnotherShape_IsABadResult(string answer)
    {
        _bench.Server.Enqueue(Fault.Body(_ => LoopbackReply.Json(answer)));

        var failure = await Assert.ThrowsAsync<ProviderException>(() => HearAsync("whisper-1", null, new SpeechCall()));

        Assert.Equal(ProviderFailureKind.BadResult, failure.Kind);
    }

    private async Task<SpeechToTextResponse> HearAsync(string? model, string? language, SpeechCall call)
    {
        using var audio = new MemoryStream(Wav);
        return await _bench.Recognition.GetTextAsync(
            audio, new SpeechToTextOptions { ModelId = model, SpeechLanguage = language }.WithCall(call with { Container = AudioContainer.Wav }), Token);
    }

    private string? Sent(string name) => _bench.Server.Request.Part(name)?.Text;
}

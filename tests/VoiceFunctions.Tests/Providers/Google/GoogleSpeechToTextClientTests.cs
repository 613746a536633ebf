using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using static VoiceFunctions.Tests.Providers.Google.GoogleBench;

namespace VoiceFunctions.Tests.Providers.Google;

public sealed class GoogleSpeechToTextClientTests
{
    private const string TwoResults = """
        {"results":[
          {"alternatives":[{"transcript":"how are you","confidence":0.8,"words":[
            {"startTime":"0.100s","endTime":"0.300s","word":"how"},{"startTime":"0.300s","endTime":"0.500s","word":"are"},
            {"startTime":"0.500s","endTime":"0.900s","word":"you"}]}],"resultEndTime":"1.200s","languageCode":"en-us"},
          {"alternatives":[{"transcript":" fine","confidence":0.6,"words":[{"startTime":"2s","endTime":"2.400s","word":"fine"}]}],
           "resultEndTime":"2.500s","languageCode":"en-us"}],
         "totalBilledTime":"3s"}
        """;

    [Fact]
    public async Task GetText_Wav_SendsAudioLanguageAndModel()
    {
        await using var bench = new GoogleBench();
        var audio = AudioSamples.Wav(AudioSamples.Tone(0.2, 16_000), 16_000);

        await bench.HearAsync(audio: audio);

        using var sent = bench.Server.Request.Json();
        Assert.Equal("/v1/speech:recognize", bench.Server.Request.Path);
        Assert.Equal(audio, sent.RootElement.GetProperty("audio").GetProperty("content").GetBytesFromBase64());
        Assert.Equal(
            """{"encoding":"LINEAR16","languageCode":"en-US","model":"default","enableAutomaticPunctuation":true}""",
            sent.RootElement.GetProperty("config").GetRawText());
    }

    [Fact]
    public async Task GetText_OggOpus_NamesTheRateThatOpusDecodesAt()
    {
        await using var bench = new GoogleBench();

        await bench.HearAsync(call: new() { Container = AudioContainer.Ogg }, audio: "OggS............"u8.ToArray());

        using var sent = bench.Server.Request.Json();
        Assert.Equal("OGG_OPUS", sent.RootElement.GetProperty("config").GetProperty("encoding").GetString());
        Assert.Equal(48_000, sent.RootElement.GetProperty("config").GetProperty("sampleRateHertz").GetInt32());
    }

    [Fact]
    public async Task GetText_PromptTimingsAndSpeakers_AreAskedFor()
    {
        await using var bench = new GoogleBench();

        await bench.HearAsync(call: new()
        {
            Container = AudioContainer.Wav,
            Prompt = "Dashwood, Ёлка;Dashwood\n " + string.Join(' ', Enumerable.Repeat("abcdefghi", 11)),
            Diarize = true,
            Timings = TimingKinds.Segment,
        });

        using var sent = bench.Server.Request.Json();
        var config = sent.RootElement.GetProperty("config");
        Assert.True(config.GetProperty("enableWordTimeOffsets").GetBoolean());
        Assert.True(config.GetProperty("diarizationConfig").GetProperty("enableSpeakerDiarization").GetBoolean());
        Assert.Equal(
            ["Dashwood", "Ёлка", string.Join(' ', Enumerable.Repeat("abcdefghi", 10)), "abcdefghi"],
            config.GetProperty("speechContexts")[0].GetProperty("phrases").EnumerateArray().Select(phrase => phrase.GetString()!));
    }

    [Fact]
    public async Task GetText_Results_BecomeTextSegmentsWordsAndCost()
    {
        await using var bench = new GoogleBench();
        bench.Server.Recognition = TwoResults;

        var response = await bench.HearAsync(call: new() { Container = AudioContainer.Wav, Timings = TimingKinds.Word });

        var outcome = response.GetOutcome();
        Assert.Equal("how are you fine", response.Text);
        Assert.Equal("en-us", outcome.Language);
        Assert.Equal([new(0.1, 1.2, "how are you") { Confidence = 0.8 }, new(2, 2.5, "fine") { Confidence = 0.6 }], outcome.Segments);
        Assert.Equal([new("how", 0.1, 0.3), new("are", 0.3, 0.5), new("you", 0.5, 0.9), new("fine", 2, 2.4)], outcome.Words);
        Assert.Equal((0.8 * 11 + 0.6 * 5) / 16, outcome.Confidence!.Value, 9);
        Assert.Equal(new BilledUnits(3, BillingUnit.Seconds), outcome.Units);
        Assert.Equal(0.0012m, outcome.CostUsd);
        Assert.Null(outcome.Duration);
    }

    [Fact]
    public async Task GetText_NoWordTimes_MakesNoSegmentsUp()
    {
        await using var bench = new GoogleBench();

        var outcome = (await bench.HearAsync()).GetOutcome();

        Assert.Empty(outcome.Segments);
        Assert.Empty(outcome.Words);
        Assert.Equal(0.9, outcome.Confidence);
    }

    [Fact]
    public async Task GetText_ConfidenceOfZero_IsNone()
    {
        await using var bench = new GoogleBench();
        bench.Server.Recognition = """
            {"results":[{"alternatives":[{"transcript":"one","confidence":0.0}]},{"alternatives":[{"transcript":" two","confidence":0.9}]}]}
            """;

        var outcome = (await bench.HearAsync(call: new() { Container = AudioContainer.Wav, AudioSeconds = 1.2 })).GetOutcome();

        Assert.Null(outcome.Confidence);
        Assert.Equal("en-US", outcome.Language);
        Assert.Equal(2, outcome.Units!.Amount);
    }

    [Fact]
    public async Task GetText_ModelWithoutConfidence_TellsNone()
    {
        await using var bench = new GoogleBench();
        bench.Server.Recognition = TwoResults;

        var outcome = (await bench.HearAsync(Heard(model: "latest_long"))).GetOutcome();

        Assert.Null(outcome.Confidence);
        Assert.All(outcome.Segments, segment => Assert.Null(segment.Confidence));
    }

    [Fact]
    public async Task GetText_Speakers_BecomeTurns()
    {
        await using var bench = new GoogleBench();
        bench.Server.Recognition = """
            {"results":[{"alternatives":[{"transcript":"hi there hello","confidence":0.9,"words":[{"startTime":"0s","endTime":"1s","word":"hi"}]}],"resultEndTime":"3s"},
             {"alternatives":[{"words":[{"startTime":"0s","endTime":"1s","word":"hi","speakerTag":1},
               {"startTime":"1s","endTime":"1.500s","word":"there","speakerTag":1},{"startTime":"2s","endTime":"3s","word":"hello","speakerLabel":"2"}]}]}]}
            """;

        var response = await bench.HearAsync(call: new() { Container = AudioContainer.Wav, Diarize = true });

        Assert.Equal("hi there hello", response.Text);
        Assert.Equal([new(0, 1.5, "hi there") { Speaker = "1" }, new(2, 3, "hello") { Speaker = "2" }], response.GetOutcome().Segments);
        Assert.Equal(3, response.GetOutcome().Words.Count);
    }

    [Fact]
    public async Task GetText_NoResults_IsSilence()
    {
        await using var bench = new GoogleBench();
        bench.Server.Recognition = """{"totalBilledTime":"1s"}""";

        var response = await bench.HearAsync();

        Assert.Equal("", response.Text);
        Assert.Null(response.GetOutcome().Confidence);
    }

    [Fact]
    public async Task GetText_MalformedTime_IsABadResult()
    {
        await using var bench = new GoogleBench();
        bench.Server.Recognition = TwoResults.Replace("0.300s", "soon", StringComparison.Ordinal);

        await FailsAsync(() => bench.HearAsync(), ProviderFailureKind.BadResult);
    }
}

using System.Text;
using System.Text.Json;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Transcripts;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs.Transcripts;

public class TranscriptFileTests
{
    private static readonly LongTranscript Heard = new()
    {
        Text = "Здравствуй. Bye.",
        MarkedText = "Здравствуй. Bye.",
        Inaudible = [],
        Segments = [new(1, 2.5, "Здравствуй.") { Speaker = "1" }, new(3600, 3601, "Bye.")],
        Words = [],
        Duration = 3700,
        Language = "ru",
        Confidence = 0.5,
        Provider = "azure",
        Model = "m",
        Cache = CacheOutcome.Miss,
    };

    [Fact]
    public void Write_Json_IsTheDocumentOfAShortCallWithItsSegments()
    {
        using var json = JsonDocument.Parse(TranscriptFile.Write(Heard, TranscriptOutput.Json, "job-1", [new SpeechAttempt("azure", "m", "ok", null, 1)], 0.25m));

        Assert.Equal("Здравствуй. Bye.", json.RootElement.GetProperty("text").GetString());
        Assert.Equal(3700, json.RootElement.GetProperty("duration").GetDouble());
        Assert.Equal("job-1", json.RootElement.GetProperty("requestId").GetString());
        Assert.Equal(0.25m, json.RootElement.GetProperty("costUsd").GetDecimal());
        Assert.Equal(3600, json.RootElement.GetProperty("segments")[1].GetProperty("start").GetDouble());
        Assert.Equal(0, json.RootElement.GetProperty("words").GetArrayLength());
        Assert.Equal(1, json.RootElement.GetProperty("attempts").GetArrayLength());
        Assert.False(json.RootElement.TryGetProperty("inaudible", out _));
    }

    [Theory]
    [InlineData(TranscriptOutput.Json, """ "inaudible":[{"start":2.5,"end":3600}],"segments":[{"id":0,"start":1,"end":2.5,"text":"Hello.","speaker":null,"confidence":null},{"id":1,"start":2.5,"end":3600,"text":"", """)]
    [InlineData(TranscriptOutput.Txt, "Hello. [inaudible] Bye.")]
    [InlineData(TranscriptOutput.Srt, "1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:02,500 --> 01:00:00,000\n[inaudible]\n\n3\n01:00:00,000 --> 01:00:01,000\nBye.\n")]
    [InlineData(TranscriptOutput.Vtt, "\n\n00:00:02.500 --> 01:00:00.000\n[inaudible]\n\n01:00:00.000 --> 01:00:01.000\nBye.\n")]
    internal void Write_PieceThatNobodyMadeOut_ShowsIt(TranscriptOutput output, string part)
    {
        PieceTranscript[] pieces =
        [
            Piece(0, 2.5, "Hello.", new SpeechSegment(1, 2.5, "Hello.")),
            PieceTranscript.NotRecognised(Span(2.5, 3597.5)),
            Piece(3600, 2, "Bye.", new SpeechSegment(0, 1, "Bye.")),
        ];

        Assert.Contains(part.Trim(' '), Text(output, TranscriptMerger.Merge(pieces, 3700)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Txt_IsTheText() => Assert.Equal("Здравствуй. Bye.", Text(TranscriptOutput.Txt, Heard));

    [Fact]
    public void Write_Srt_IsCues() =>
        Assert.Equal("1\n00:00:01,000 --> 00:00:02,500\nЗдравствуй.\n\n2\n01:00:00,000 --> 01:00:01,000\nBye.\n", Text(TranscriptOutput.Srt, Heard));

    [Fact]
    public void Write_Vtt_IsCuesWithSpeakers() =>
        Assert.Equal("WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v 1>Здравствуй.\n\n01:00:00.000 --> 01:00:01.000\nBye.\n", Text(TranscriptOutput.Vtt, Heard));

    [Theory]
    [InlineData(TranscriptOutput.Srt)]
    [InlineData(TranscriptOutput.Vtt)]
    internal void Write_CaptionsWithoutTimings_AreRefused(TranscriptOutput output) =>
        Assert.Equal(ProblemKind.TimingsUnavailable, Assert.Throws<ProblemException>(() => Text(output, Heard with { Segments = [] })).Kind);

    [Theory]
    [InlineData(TranscriptOutput.Srt, "")]
    [InlineData(TranscriptOutput.Vtt, "WEBVTT\n")]
    [InlineData(TranscriptOutput.Txt, "")]
    internal void Write_NothingSaid_IsAnEmptyFile(TranscriptOutput output, string file) => Assert.Equal(file, Text(output, TranscriptMerger.Merge([], 60)));

    private static PieceTranscript Piece(double start, double seconds, string text, SpeechSegment segment) =>
        PieceTranscript.Of(Span(start, seconds), text, new SpeechOutcome { Provider = "azure", Model = "m", Segments = [segment] });

    private static PieceSpan Span(double start, double seconds) => new((long)(start * SileroVad.SampleRate), (long)(seconds * SileroVad.SampleRate), Overlap: 0);

    private static string Text(TranscriptOutput output, LongTranscript transcript) => Encoding.UTF8.GetString(TranscriptFile.Write(transcript, output, "job-1", [], 0));
}

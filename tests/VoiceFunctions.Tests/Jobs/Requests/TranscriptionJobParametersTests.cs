using Microsoft.Extensions.Primitives;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs.Requests;

public sealed class TranscriptionJobParametersTests
{
    private const string Blob = "inbox/20260301/default/0123456789abcdef0123456789abcdef/a.wav";

    [Fact]
    public void Parse_Nothing_IsJsonAndText()
    {
        var request = Parse(named: false);

        Assert.Equal([TranscriptOutput.Json, TranscriptOutput.Txt], request.Outputs);
        Assert.Equal(TimingKinds.None, request.NeededTimings);
    }

    [Fact]
    public void Parse_EveryParameter_IsThere()
    {
        var request = Parse(
            named: true,
            ("audioBlob", Blob),
            ("outputs", new StringValues(["vtt,json", "srt", "json"])),
            ("title", "A, title"),
            ("deadline", "2026-03-02T12:00:00+01:00"),
            ("callbackUrl", "https://example.com/"),
            ("callbackSecret", "0123456789abcdef"),
            ("language", "en"),
            ("timestamps", "word"),
            ("diarize", "true"));

        Assert.Equal([TranscriptOutput.Json, TranscriptOutput.Srt, TranscriptOutput.Vtt], request.Outputs);
        Assert.Equal((Blob, "A, title", "https://example.com/", "0123456789abcdef"), (request.AudioBlob, request.Title, request.CallbackUrl, request.CallbackSecret));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero), request.Deadline);
        Assert.Equal(("en", true), (request.Recognition.Language, request.Recognition.Diarize));
        Assert.Equal(TimingKinds.Word | TimingKinds.Segment, request.NeededTimings);
    }

    [Theory]
    [InlineData("outputs", "pdf")]
    [InlineData("outputs", "")]
    [InlineData("deadline", "tomorrow")]
    [InlineData("title", "")]
    [InlineData("format", "srt")]
    [InlineData("audioBlob", Blob)]
    [InlineData("language", "english, please")]
    [InlineData("speed", "2")]
    public void Parse_BadParameter_NamesIt(string name, string value) =>
        Assert.Contains(name, Assert.Throws<ProblemException>(() => Parse(named: false, (name, value))).Errors!.Keys);

    [Theory]
    [InlineData("")]
    [InlineData("inbox/20260301/another/0123456789abcdef0123456789abcdef/a.wav")]
    public void Parse_BlobThatIsNotTheCallers_NamesIt(string blob) =>
        Assert.Contains("audioBlob", Assert.Throws<ProblemException>(() => Parse(named: true, ("audioBlob", blob))).Errors!.Keys);

    [Fact]
    public void Parse_GivenTwice_NamesIt() =>
        Assert.Contains("title", Assert.Throws<ProblemException>(() => Parse(named: false, ("title", new StringValues(["a", "b"])))).Errors!.Keys);

    [Fact]
    public void Parse_SecretInTheAddress_IsRefused() => Assert.Contains("callbackSecret", Assert.Throws<ProblemException>(() => TranscriptionJobParameters.Parse(
        [new("callbackUrl", "https://example.com/"), new("callbackSecret", "0123456789abcdef")], "default", named: false, inAddress: true)).Errors!.Keys);

    private static TranscriptionJobRequest Parse(bool named, params (string Name, StringValues Values)[] parameters) => TranscriptionJobParameters.Parse(
        parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Values)), "default", named, inAddress: false);
}

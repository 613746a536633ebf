using CsCheck;
using Microsoft.Extensions.Primitives;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Tests.Transcription;

public sealed class TranscriptionParametersTests
{
    [Fact]
    public void Parse_Nothing_IsTheDefaults()
    {
        var request = Parse();

        Assert.Equal((null, null, null, null), (request.Language, request.Prompt, request.Model, request.Provider));
        Assert.Equal((CacheMode.Default, TranscriptFormat.Json, TimingKinds.None, false), (request.Cache, request.Format, request.Timestamps, request.Diarize));
        Assert.Empty(request.Providers);
    }

    [Fact]
    public void Parse_Everything_IsRead()
    {
        var request = Parse(
            ("language", "en-GB"), ("prompt", "Names, and words"), ("model", "m"), ("provider", "a"), ("cache", "bypass"), ("format", "srt"), ("timestamps", "word"),
            ("diarize", "true"));

        Assert.Equal(("en-GB", "Names, and words", "m", "a"), (request.Language, request.Prompt, request.Model, request.Provider));
        Assert.Equal((CacheMode.Bypass, TranscriptFormat.Srt, TimingKinds.Word, true), (request.Cache, request.Format, request.Timestamps, request.Diarize));
        Assert.Equal(TimingKinds.Word | TimingKinds.Segment, request.NeededTimings);
    }

    [Theory]
    [InlineData("a,b", "c")]
    [InlineData("a", "b,c")]
    [InlineData("a , b", " c ")]
    public void Parse_Lists_MayBeRepeatedOrSeparated(string first, string second)
    {
        Assert.Equal(["a", "b", "c"], Parse(("providers", new StringValues([first, second]))).Providers);
        Assert.Equal(TimingKinds.Segment | TimingKinds.Word, Parse(("timestamps", "segment,word")).Timestamps);
        Assert.Equal(TimingKinds.Segment | TimingKinds.Word, Parse(("timestamps", new StringValues(["word", "segment"]))).Timestamps);
    }

    [Theory]
    [InlineData("language", "")]
    [InlineData("language", "???")]
    [InlineData("model", "")]
    [InlineData("cache", "Bypass")]
    [InlineData("cache", "1")]
    [InlineData("format", "")]
    [InlineData("format", "JSON")]
    [InlineData("timestamps", "letter")]
    [InlineData("timestamps", "word,")]
    [InlineData("diarize", "")]
    [InlineData("diarize", "1")]
    [InlineData("diarize", "True")]
    [InlineData("providers", "a,,b")]
    [InlineData("providers", "")]
    [InlineData("speed", "2")]
    [InlineData("Language", "en")]
    [InlineData("", "")]
    public void Parse_Wrong_NamesTheParameter(string name, string value) =>
        Assert.Equal([name], Assert.Throws<ProblemException>(() => Parse((name, value))).Errors!.Keys);

    [Theory]
    [InlineData("language")]
    [InlineData("prompt")]
    [InlineData("format")]
    [InlineData("provider")]
    public void Parse_GivenTwice_IsRefusedEvenWhenTheSame(string name)
    {
        var problem = Assert.Throws<ProblemException>(() => Parse((name, new StringValues(["json", "json"]))));

        Assert.Equal(["is given twice."], problem.Errors![name]);
    }

    [Fact]
    public void Parse_SeveralWrong_TellsAllOfThem()
    {
        var problem = Assert.Throws<ProblemException>(() => Parse(("language", "?"), ("format", "pdf"), ("pitch", "1"), ("prompt", new string('p', 4097))));

        Assert.Equal(["format", "language", "pitch", "prompt"], problem.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parse_ProviderAndProviders_CannotBothBeGiven() =>
        Assert.Equal(["provider"], Assert.Throws<ProblemException>(() => Parse(("provider", "a"), ("providers", "b"))).Errors!.Keys);

    [Fact]
    public void Parse_Anything_IsARequestOrAProblem() => Gen.Select(Gen.String, Gen.String.Array[0, 3]).Array[0, 4].Sample(parameters =>
    {
        var exception = Record.Exception(() => TranscriptionParameters.Parse(parameters.Select(pair => KeyValuePair.Create(pair.Item1, new StringValues(pair.Item2)))));
        return exception is null or ProblemException;
    });

    private static TranscriptionRequest Parse(params (string Name, StringValues Values)[] parameters) =>
        TranscriptionParameters.Parse(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Values)));
}

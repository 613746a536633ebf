using VoiceFunctions.Problems;
using VoiceFunctions.Synthesis;

namespace VoiceFunctions.Tests.Synthesis;

public sealed class SynthesisRequestValidatorTests
{
    private static readonly SynthesisRequest Valid = new() { Text = "Hello." };

    [Fact]
    public void Validate_TextOnly_IsTaken() => Assert.Null(Record.Exception(() => SynthesisRequestValidator.Validate(Valid)));

    [Theory]
    [InlineData("5")]
    [InlineData("я")]
    [InlineData("100 %")]
    [InlineData("%")]
    [InlineData("+")]
    [InlineData("€")]
    [InlineData("&")]
    [InlineData("🙂")]
    [InlineData("𝒳")]
    public void Validate_SomethingToSay_IsTaken(string text) => Assert.Null(Record.Exception(() => SynthesisRequestValidator.Validate(Valid with { Text = text })));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\u200B\u200D\uFEFF")]
    [InlineData("...")]
    [InlineData("— ?!")]
    [InlineData("…")]
    [InlineData("\0")]
    public void Validate_NothingToSay_NamesTheText(string? text) => Assert.Equal("text", Wrong(Valid with { Text = text }));

    [Fact]
    public void Validate_HalfOfASurrogatePair_NamesTheText()
    {
        Assert.Equal("text", Wrong(Valid with { Text = "a" + (char)0xD800 }));
        Assert.Equal("text", Wrong(Valid with { Text = (char)0xDC00 + "a" }));
        Assert.Equal("text", Wrong(Valid with { Text = "a" + (char)0xD800 + "b" }));
    }

    [Fact]
    public void Validate_SsmlOfAPause_IsTheProvidersToJudge() =>
        Assert.Null(Record.Exception(() => SynthesisRequestValidator.Validate(Valid with { Text = "<speak><sub alias=\"dots\">...</sub></speak>", Ssml = true })));

    [Theory]
    [InlineData("a")]
    [InlineData("я")]
    [InlineData("🙂")]
    public void Validate_TextOfTheLimit_IsTakenAndOneMoreCharacterIsTooLarge(string character)
    {
        var longest = string.Concat(Enumerable.Repeat(character, 4096));

        Assert.Null(Record.Exception(() => SynthesisRequestValidator.Validate(Valid with { Text = longest })));
        var problem = Assert.Throws<ProblemException>(() => SynthesisRequestValidator.Validate(Valid with { Text = longest + "a" }));
        Assert.Equal(ProblemKind.PayloadTooLarge, problem.Kind);
    }

    [Theory]
    [InlineData(0.25f, true)]
    [InlineData(4f, true)]
    [InlineData(0.2499f, false)]
    [InlineData(4.0001f, false)]
    [InlineData(-1f, false)]
    [InlineData(float.NaN, false)]
    [InlineData(float.PositiveInfinity, false)]
    public void Validate_Speed_IsBounded(float speed, bool taken) => Assert.Equal(taken ? "" : "speed", Wrong(Valid with { Speed = speed }));

    [Theory]
    [InlineData(8000, "wav", true)]
    [InlineData(48_000, "wav", true)]
    [InlineData(7999, "wav", false)]
    [InlineData(48_001, "wav", false)]
    [InlineData(-1, null, false)]
    [InlineData(9999, "flac", true)]
    [InlineData(9999, null, false)]
    [InlineData(22_050, "opus", false)]
    [InlineData(24_000, "opus", true)]
    public void Validate_SampleRate_IsOneThatTheFormatCarries(int rate, string? format, bool taken) =>
        Assert.Equal(taken ? "" : "sampleRate", Wrong(Valid with { SampleRate = rate, Format = format }));

    [Theory]
    [InlineData("wma")]
    [InlineData("MP3")]
    [InlineData("")]
    public void Validate_UnknownFormat_HasItsOwnCode(string format)
    {
        var problem = Assert.Throws<ProblemException>(() => SynthesisRequestValidator.Validate(Valid with { Format = format }));

        Assert.Equal(ProblemKind.UnsupportedFormat, problem.Kind);
        Assert.Contains("mp3, wav, opus, aac, flac, pcm", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Stream_IsNotSupportedYet()
    {
        Assert.Equal(ProblemKind.NotSupported, Assert.Throws<ProblemException>(() => SynthesisRequestValidator.Validate(Valid with { Stream = true })).Kind);
        Assert.Null(Record.Exception(() => SynthesisRequestValidator.Validate(Valid with { Stream = false })));
    }

    [Fact]
    public void Validate_Names_AreBounded()
    {
        Assert.Equal("voice", Wrong(Valid with { Voice = "" }));
        Assert.Equal("", Wrong(Valid with { Voice = new string('v', 200) }));
        Assert.Equal("voice", Wrong(Valid with { Voice = new string('v', 201) }));
        Assert.Equal("model", Wrong(Valid with { Model = "" }));
        Assert.Equal("instructions", Wrong(Valid with { Instructions = new string('i', 4097) }));
    }

    [Fact]
    public void Validate_SeveralWrong_TellsAllOfThem() =>
        Assert.Equal("language provider sampleRate speed text", Wrong(new() { Speed = 9, SampleRate = 1, Language = "?", Provider = "a", Providers = ["b"] }));

    private static string Wrong(SynthesisRequest request)
    {
        var exception = Record.Exception(() => SynthesisRequestValidator.Validate(request));
        return string.Join(' ', ((ProblemException?)exception)?.Errors!.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());
    }
}

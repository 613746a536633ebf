using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Audio;

public sealed class CaptionsTests
{
    [Fact]
    public void NoSegments_GiveAnEmptySrtAndAVttOfItsHeader()
    {
        Assert.Equal("", Captions.ToSrt([]));
        Assert.Equal("WEBVTT\n", Captions.ToVtt([]));
    }

    [Fact]
    public void ToSrt_Segments_AreNumberedCues() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:01,500\nHello.\n\n2\n00:00:01,500 --> 00:00:02,000\nBye & <so> on.\n",
        Captions.ToSrt([new(0, 1.5, "Hello."), new(1.5, 2, " Bye & <so> on. ")]));

    [Fact]
    public void ToVtt_Segments_AreEscapedCues() => Assert.Equal(
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n<v Ann &amp; Bob>Hello.\n\n00:00:01.500 --> 00:00:02.000\na &lt;b&gt; --&gt; c &amp; d\n",
        Captions.ToVtt([new(0, 1.5, "Hello.") { Speaker = "Ann\n& Bob" }, new(1.5, 2, "a <b> --> c & d")]));

    [Theory]
    [InlineData(0, "00:00:00,000")]
    [InlineData(0.0004, "00:00:00,000")]
    [InlineData(0.0005, "00:00:00,001")]
    [InlineData(59.9996, "00:01:00,000")]
    [InlineData(3599.9999, "01:00:00,000")]
    [InlineData(3661.25, "01:01:01,250")]
    [InlineData(90_061.007, "25:01:01,007")]
    [InlineData(360_000, "100:00:00,000")]
    [InlineData(-1, "00:00:00,000")]
    public void ToSrt_Time_IsHoursMinutesSecondsMilliseconds(double seconds, string expected)
    {
        Assert.StartsWith($"1\n{expected} --> {expected}\n", Captions.ToSrt([new(seconds, seconds, "x")]), StringComparison.Ordinal);
        Assert.Contains($"{expected.Replace(',', '.')} --> ", Captions.ToVtt([new(seconds, seconds, "x")]), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_WithEmptyLines_DoesNotEndItsCue() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:01,000\nfirst\nsecond\nthird\n",
        Captions.ToSrt([new(0, 1, "first\r\n\r\nsecond\n \nthird\n")]));

    [Fact]
    public void Text_ThatIsBlank_IsNoCue()
    {
        SpeechSegment[] segments = [new(0, 1, " "), new(1, 2, "word"), new(2, 3, "")];

        Assert.Equal("1\n00:00:01,000 --> 00:00:02,000\nword\n", Captions.ToSrt(segments));
        Assert.Equal("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nword\n", Captions.ToVtt(segments));
    }
}

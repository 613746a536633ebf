using VoiceFunctions.Jobs.Transcripts;

namespace VoiceFunctions.Tests.Jobs.Transcripts;

public class TextTokenTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" ... ", "")]
    [InlineData("Don’t panic, it's fine!", "don't|panic|it's|fine")]
    [InlineData("the boys' room", "the|boys|room")]
    [InlineData("fellow-americans 4.5", "fellow|americans|4|5")]
    [InlineData("Пойдём домой.", "пойдём|домой")]
    [InlineData("e\u0301te\u0301", "e\u0301te\u0301")]
    [InlineData("我说OK。", "我|说|ok")]
    [InlineData("\U0001F600 hi", "hi")]
    [InlineData("\ud83d broken", "broken")]
    public void In_Text_IsItsWords(string text, string words) => Assert.Equal(words, string.Join('|', TextToken.In(text).Select(token => token.Key)));

    [Fact]
    public void In_Text_TellsWhereTheyAre() =>
        Assert.Equal(["Hello", "big", "world"], TextToken.In("Hello, big world.").Select(token => "Hello, big world."[token.Start..token.End]));
}

using VoiceFunctions.Caching;

namespace VoiceFunctions.Tests.Caching;

public sealed class SpeechTextTests
{
    [Theory]
    [InlineData("Hello.", "Hello.")]
    [InlineData(" \t\r\nHello.\r\n", "Hello.")]
    [InlineData("One.\r\nTwo.\rThree.\nFour.", "One.\nTwo.\nThree.\nFour.")]
    [InlineData("Two  spaces and a\ttab.", "Two  spaces and a\ttab.")]
    [InlineData("One.\n\nA paragraph.", "One.\n\nA paragraph.")]
    public void Normalize_Text_ChangesOnlyWhatIsNotHeard(string text, string expected) => Assert.Equal(expected, SpeechText.Normalize(text, ssml: false));

    [Theory]
    [InlineData(" <speak>\r\n Hello. </speak>\r ", " <speak>\n Hello. </speak>\n ")]
    public void Normalize_Ssml_ChangesOnlyLineEnds(string text, string expected) => Assert.Equal(expected, SpeechText.Normalize(text, ssml: true));

    [Fact]
    public void Normalize_NothingToChange_ReturnsTheTextItself()
    {
        var text = new string("Hello.".AsSpan());

        Assert.Same(text, SpeechText.Normalize(text, ssml: false));
    }
}

using VoiceFunctions.Jobs.DropFolder;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Tests.Jobs.DropFolder;

public sealed class DroppedFileTests
{
    [Theory]
    [InlineData("tts/a.md", "# A *b*", "A b")]
    [InlineData("tts/a.MD", "- b", "b")]
    [InlineData("tts/a.txt", "# A *b*\r\n-----\r\n", "# A *b*")]
    [InlineData("tts/a.ssml", "<speak>\r\n---</speak>", "<speak>\r\n---</speak>")]
    public void Clean_Text_IsReadAsItsNameSays(string path, string text, string expected) => Assert.Equal(expected, DroppedFile.Of(path)!.Clean(text));

    [Fact]
    public void Clean_MarkdownNestedTooDeep_IsTheFilesFault()
    {
        var problem = Assert.Throws<ProblemException>(() => DroppedFile.Of("tts/a.md")!.Clean(new string('>', 10_000)));

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
    }
}

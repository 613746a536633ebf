using CsCheck;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Stitching;
using VoiceFunctions.Jobs.Text;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs.Text;

public sealed class ChunkCaptionsTests
{
    [Fact]
    public void Cues_Chunks_BeginAndEndWithTheirAudio()
    {
        var cues = ChunkCaptions.Cues(["Hello.\n", "World", "!!!"], new StitchedAudio([24_000, 12_000, 1], 24_000, 0), "en");

        Assert.Equal([new SpeechSegment(0, 1, "Hello."), new SpeechSegment(1, 1.5, "World"), new SpeechSegment(1.5, 36_001 / 24_000.0, "!!!")], cues);
        Assert.StartsWith("1\n00:00:00,000 --> 00:00:01,000\nHello.\n\n2\n00:00:01,000 --> 00:00:01,500\nWorld\n", Captions.ToSrt(cues), StringComparison.Ordinal);
    }

    [Fact]
    public void Cues_LongFile_AddNoError()
    {
        var words = Enumerable.Repeat("x", 20_000).ToArray();

        var cues = ChunkCaptions.Cues(words, new StitchedAudio([.. words.Select(_ => 7_001L)], 22_050, 0), null);

        Assert.Equal(7_001L * 20_000 / 22_050.0, cues[^1].End, 9);
        Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }

    [Fact]
    public void Cues_ChunksAndAudioThatDoNotMatch_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkCaptions.Cues(["x"], new StitchedAudio([], 8000, 0), null));

    [Theory]
    [InlineData("Short.", "Short.")]
    [InlineData(" Two  words\n\nhere. ", "Two words here.")]
    [InlineData("The rain fell in torrents, but at rare intervals it was", "The rain fell in torrents,|but at rare intervals it was")]
    [InlineData("It was the best of times and it was the worst of times for us", "It was the best of times and it|was the worst of times for us")]
    [InlineData("In the end it was only the old Dr. Smith who had come home to us", "In the end it was only the old|Dr. Smith who had come home to us")]
    [InlineData("今天天气很好，我们去公园吧，然后回家吃饭，再看一会儿书。", "今天天气很好，我们去公园吧，|然后回家吃饭，再看一会儿书。")]
    [InlineData("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "Donaudampfschifffahrtselektrizitätenhaup|tbetriebswerkbauunterbeamtengesellschaft")]
    public void Wrap_Text_IsDividedWhereAReaderPauses(string text, string expected) => Assert.Equal(expected.Replace('|', '\n'), CueText.Wrap(text, null));

    [Fact]
    public void Wrap_AnyText_KeepsEveryCharacterButWhiteSpaceAndTheWidth() => Gen.String[0, 200].Where(text => !text.Any(char.IsSurrogate)).Sample(text =>
    {
        var wrapped = CueText.Wrap(text, null);

        Assert.Equal(Visible(text), Visible(wrapped));
        Assert.All(wrapped.Split('\n'), line => Assert.True(line.Length <= CueText.Columns || line.Any(c => Graphemes.Extends([c]))));
    });

    private static string Visible(string text) => new([.. text.Where(c => !char.IsWhiteSpace(c))]);
}

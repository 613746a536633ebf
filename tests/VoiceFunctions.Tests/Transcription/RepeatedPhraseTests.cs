using VoiceFunctions.Transcription;

namespace VoiceFunctions.Tests.Transcription;

public sealed class RepeatedPhraseTests
{
    [Theory]
    [InlineData("you", 30)]
    [InlineData("Thank you. ", 8)]
    [InlineData("thanks for watching, ", 6)]
    [InlineData("и это было хорошо ", 9)]
    public void Fills_OnePhraseOverAndOver_IsSeen(string phrase, int times) =>
        Assert.True(RepeatedPhrase.Fills(string.Concat(Enumerable.Repeat(phrase + " ", times))));

    [Fact]
    public void Fills_SpeechThatEndsInALoop_IsSeen() =>
        Assert.True(RepeatedPhrase.Fills("We begin with the report. " + string.Concat(Enumerable.Repeat("and then we ", 10))));

    [Theory]
    [InlineData("")]
    [InlineData("no no no no no")]
    [InlineData("one two three four five six seven eight nine zero one two three stop")]
    [InlineData("Row, row, row your boat, gently down the stream. Merrily, merrily, merrily, merrily, life is but a dream.")]
    [InlineData("ask not what your country can do for you ask what you can do for your country")]
    public void Fills_Speech_IsNotTakenForALoop(string text) => Assert.False(RepeatedPhrase.Fills(text));
}

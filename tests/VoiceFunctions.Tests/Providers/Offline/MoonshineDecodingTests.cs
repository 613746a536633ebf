using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Tests.Providers.Offline;

public class MoonshineDecodingTests(OfflineHost host) : IClassFixture<OfflineHost>
{
    [Fact]
    public void Decode_Tokens_JoinsPiecesBytesAndSpaces()
    {
        var vocabulary = new MoonshineVocabulary(host.Get<OfflineInventory>().Recogniser!.Vocabulary);

        // Ids 3 to 258 are the bytes 00 to FF; 29871 is a lone space; 15043 " Hello" and 3186 " world" as in the vocabulary of Llama.
        Assert.Equal("Hello world", vocabulary.Decode([1, 15043, 3186, 2]));
        Assert.Equal("é", vocabulary.Decode([3 + 0xC3, 3 + 0xA9]));
        Assert.Equal("Hello é", vocabulary.Decode([15043, 29871, 3 + 0xC3, 3 + 0xA9, 0, 32000, 32767]));
        Assert.Equal("", vocabulary.Decode([]));
    }

    [Theory]
    [InlineData(0, 1, 2, 3, 4, 5, 6)]
    [InlineData(0, 5, 5, 5, 5, 5, 5)]
    [InlineData(11, 9, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5)]
    [InlineData(9, 7, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3)]
    [InlineData(0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 4)]
    public void Excess_Tokens_FindsALoopAndNotARepeatedWord(int excess, params int[] tokens) => Assert.Equal(excess, RepeatedTail.Excess([.. tokens]));

    [Fact]
    public void Best_Logits_GivesTheLogarithmOfItsProbability()
    {
        float[] logits = [1, 3, 2, -4];
        var (token, logProbability) = TokenProbability.Best(logits, new float[8]);
        Assert.Equal(1, token);
        Assert.Equal(3 - Math.Log(logits.Sum(logit => Math.Exp(logit))), logProbability, 4);
    }
}

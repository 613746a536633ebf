using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Providers.Offline;
using VoiceFunctions.Testing;

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

    [Theory]
    [InlineData(1, 2)]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    public void Best_Except_GivesTheNextWithItsOwnProbability(int except, int next)
    {
        float[] logits = [1, 3, 2, -4];
        var (token, logProbability) = TokenProbability.Best(logits, new float[8], except);
        Assert.Equal(next, token);
        Assert.Equal(logits[next] - Math.Log(logits.Sum(logit => Math.Exp(logit))), logProbability, 4);
    }

    // Cut this way, one of the clips, with five words in it, begins so that the model would rather say nothing, but with a probability of 0.35 only.
    [Fact]
    public async Task Recognise_ClipsOfSpeech_HearsSomethingInEach()
    {
        using var recogniser = new MoonshineRecogniser(host.Get<OfflineInventory>().Recogniser!);
        using var activity = recogniser.VoiceActivity.OpenStream();
        var options = SegmentationOptions.Default with { MaxSegment = TimeSpan.FromSeconds(6), MergeGap = TimeSpan.FromMilliseconds(300) };
        var reader = new SpeechReader(new SpeechSegmenter(options, SileroVad.SampleRate, SileroVad.FrameSamples), activity.Listen);
        await using var recording = File.OpenRead(Path.Combine(Repository.Root, "tools", "recordings", "sentencesWithSilences.wav"));
        var blocks = host.Get<AudioDecoder>().DecodeAsync(recording, SileroVad.SampleRate, TestContext.Current.CancellationToken);

        var clips = 0;
        await foreach (var clip in reader.ReadAsync(blocks, TestContext.Current.CancellationToken))
        {
            using (clip) Assert.NotEqual("", recogniser.Recognise(clip.Samples, TestContext.Current.CancellationToken).Text);
            clips++;
        }

        Assert.Equal(6, clips);
    }
}

using CsCheck;
using VoiceFunctions.Audio.Segmentation;

namespace VoiceFunctions.Tests.Audio.Segmentation;

public class SpeechReaderTests
{
    // The first sample of a frame stands for the probability of speech in it.
    private static readonly Gen<float[]> Audio = Gen.Select(Gen.Int[1, 40_000], Gen.OneOf(Gen.Const(0f), Gen.Const(0.3f), Gen.Const(0.6f), Gen.Const(0.9f)), (samples, level) => (samples, level))
        .Array[0, 60].Select(stretches => stretches.SelectMany(stretch => Enumerable.Repeat(stretch.level, stretch.samples)).ToArray());

    [Fact]
    public async Task Read_AnyBlocks_GivesTheSameClips() => await Gen.Select(Audio, Gen.Int[1, 50_000].Array[1, 20]).SampleAsync(
        async (audio, blocks) =>
        {
            var whole = await ReadAsync(audio, [Math.Max(1, audio.Length)]);
            var parts = await ReadAsync(audio, blocks);
            Assert.Equal(whole, parts);
        },
        iter: 200);

    [Fact]
    public async Task Read_AnyAudio_GivesTheSamplesOfTheSpan() => await Audio.SampleAsync(
        async audio =>
        {
            // Every sample holds its own place, so that a shifted clip shows.
            var reader = new SpeechReader(Segmenter(), frame => audio[(int)frame[0]]);
            var places = Enumerable.Range(0, audio.Length).Select(index => (float)index).ToArray();
            await foreach (var clip in reader.ReadAsync(Blocks(places, [7919]), TestContext.Current.CancellationToken))
            {
                Assert.Equal(clip.Span.Start, (long)clip.Samples.Span[0]);
                Assert.Equal(clip.Span.End - 1, (long)clip.Samples.Span[^1]);
                clip.Dispose();
            }

            Assert.Equal(audio.Length, reader.Samples);
        },
        iter: 200);

    private static async Task<List<SpeechSpan>> ReadAsync(float[] audio, int[] blocks)
    {
        var spans = new List<SpeechSpan>();
        await foreach (var clip in new SpeechReader(Segmenter(), frame => frame[0]).ReadAsync(Blocks(audio, blocks), TestContext.Current.CancellationToken))
        {
            spans.Add(clip.Span);
            clip.Dispose();
        }

        return spans;
    }

    private static SpeechSegmenter Segmenter() => new(SegmentationOptions.Default, SileroVad.SampleRate, SileroVad.FrameSamples);

    private static async IAsyncEnumerable<ReadOnlyMemory<float>> Blocks(float[] audio, int[] sizes)
    {
        await Task.Yield();
        for (int at = 0, turn = 0; at < audio.Length; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Length], audio.Length - at);
            yield return audio.AsMemory(at, size);
            at += size;
        }
    }
}

using CsCheck;
using VoiceFunctions.Audio.Segmentation;

namespace VoiceFunctions.Tests.Audio.Segmentation;

public class SpeechSegmenterTests
{
    private const int Rate = 16000;
    private const int Frame = 512;
    private static readonly long MaxSegment = (long)(SegmentationOptions.Default.MaxSegment.TotalSeconds * Rate);

    private static readonly Gen<float> Level = Gen.OneOf(
        Gen.OneOf(Gen.Const(0f), Gen.Const(0.1f), Gen.Const(0.34f)),
        Gen.OneOf(Gen.Const(0.36f), Gen.Const(0.45f)),
        Gen.OneOf(Gen.Const(0.5f), Gen.Const(0.7f), Gen.Const(0.95f)));

    // Stretches of a few frames at one probability each, up to three minutes, with stretches of speech beyond the limit among them.
    private static readonly Gen<float[]> Probabilities = Gen.Select(Gen.Frequency((9, Gen.Int[1, 60]), (1, Gen.Int[600, 800])), Level, (frames, level) => (frames, level))
        .Array[0, 100].Select(stretches => stretches.SelectMany(stretch => Enumerable.Repeat(stretch.level, stretch.frames)).ToArray());

    [Fact]
    public void Segments_AnyProbabilities_AreOrderedWithinBoundsAndNeverTooLong() => Probabilities.Sample(probabilities =>
    {
        var total = (long)probabilities.Length * Frame;
        var end = 0L;
        foreach (var segment in Segment(probabilities))
        {
            Assert.True(segment.Start >= end, "Segments overlap or are out of order.");
            Assert.InRange(segment.Length, 1, MaxSegment);
            Assert.True(segment.End <= total, "A segment reaches beyond the audio.");
            end = segment.End;
        }
    });

    [Fact]
    public void Segments_AnyProbabilities_CoverAllLongSpeech() => Probabilities.Sample(probabilities =>
    {
        var segments = Segment(probabilities);
        var run = 0;
        for (var frame = 0; frame <= probabilities.Length; frame++)
        {
            if (frame < probabilities.Length && probabilities[frame] >= 0.5f)
            {
                run++;
                continue;
            }

            // Nine frames are 288 ms, more than the shortest speech; where it is cut, the pieces must join.
            if (run >= 9)
            {
                for (var inside = frame - run; inside < frame; inside++)
                {
                    var at = (long)inside * Frame;
                    Assert.Contains(segments, segment => segment.Start <= at && at + Frame <= segment.End);
                }
            }

            run = 0;
        }
    });

    [Fact]
    public void Needed_AnyProbabilities_NeverPassesASegmentToCome() => Probabilities.Sample(probabilities =>
    {
        var segmenter = new SpeechSegmenter(SegmentationOptions.Default, Rate, Frame);
        foreach (var probability in probabilities)
        {
            var needed = segmenter.Needed;
            segmenter.Push(probability);
            while (segmenter.TryTake(out var segment)) Assert.True(segment.Start >= needed, "Samples of a segment were given up.");
        }
    });

    [Fact]
    public void Segments_Silence_AreNone() => Assert.Empty(Segment(new float[1000]));

    [Fact]
    public void Segments_ShortNoise_AreNone() => Assert.Empty(Segment([.. Silence(1), .. Speech(0.2), .. Silence(1)]));

    [Fact]
    public void Segments_CloseUtterances_AreMerged() => Assert.Single(Segment([.. Silence(1), .. Speech(2), .. Silence(0.8), .. Speech(2), .. Silence(1)]));

    [Fact]
    public void Segments_DistantUtterances_StayApartAndArePadded()
    {
        var segments = Segment([.. Silence(1), .. Speech(2), .. Silence(1.5), .. Speech(2), .. Silence(1)]);
        Assert.Equal(2, segments.Count);
        Assert.InRange((double)segments[0].Start / Rate, 0.6, 0.8);
        Assert.InRange((double)segments[0].End / Rate, 3.2, 3.4);
    }

    [Fact]
    public void Segments_LongSpeechWithOnePause_IsCutInThePause()
    {
        var segments = Segment([.. Speech(12), .. Silence(0.2), .. Speech(12)]);
        Assert.Equal(2, segments.Count);
        Assert.InRange((double)segments[0].End / Rate, 12, 12.2);
        Assert.Equal(segments[0].End, segments[1].Start);
    }

    [Fact]
    public void Segments_LongSpeechWithoutPause_IsCutWhereSpeechIsLeastLikely()
    {
        var segments = Segment([.. Speech(17), 0.4f, .. Speech(12)]);
        Assert.Equal(2, segments.Count);
        Assert.InRange((double)segments[0].End / Rate, 16.9, 17.1);
    }

    [Fact]
    public void Segments_EndlessSpeech_AreAsLongAsTheyMayBeAndNoLonger()
    {
        var segments = Segment([.. Silence(1), .. Speech(90), .. Silence(1)]);
        Assert.InRange(segments.Count, 5, 7);
        Assert.All(segments, segment => Assert.InRange(segment.Length, 1, MaxSegment));
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }

    [Fact]
    public void Segments_ShortPieceBehindACut_IsKept()
    {
        var segments = Segment([.. Speech(19.1), .. Silence(0.16), .. Speech(0.24), .. Silence(2)]);
        Assert.Equal(2, segments.Count);
        Assert.InRange((double)segments[1].Start / Rate, 19.1, 19.3);
    }

    private static IEnumerable<float> Speech(double seconds) => Enumerable.Repeat(0.95f, (int)(seconds * Rate / Frame));

    private static IEnumerable<float> Silence(double seconds) => Enumerable.Repeat(0.02f, (int)(seconds * Rate / Frame));

    private static List<SpeechSpan> Segment(float[] probabilities)
    {
        var segmenter = new SpeechSegmenter(SegmentationOptions.Default, Rate, Frame);
        foreach (var probability in probabilities) segmenter.Push(probability);
        segmenter.Complete((long)probabilities.Length * Frame);
        var segments = new List<SpeechSpan>();
        while (segmenter.TryTake(out var segment)) segments.Add(segment);
        return segments;
    }
}

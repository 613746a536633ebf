using CsCheck;
using VoiceFunctions.Audio.Segmentation;

namespace VoiceFunctions.Tests.Audio.Segmentation;

public class PieceCutterTests
{
    private const int Rate = SileroVad.SampleRate;
    private const int Frame = SileroVad.FrameSamples;

    private static readonly Gen<float> Level = Gen.OneOf(Gen.Const(0f), Gen.Const(0.34f), Gen.Const(0.45f), Gen.Const(0.7f), Gen.Const(0.95f));

    // Stretches of up to two seconds at one probability each, and now and then one that is longer than a piece may be, with a last frame that may not be full.
    private static readonly Gen<Heard> Any = Gen.Select(
        Gen.Select(Gen.Frequency((12, Gen.Int[1, 60]), (1, Gen.Int[600, 1500])), Level, (frames, level) => (frames, level))
            .Array[0, 80].Select(stretches => stretches.SelectMany(stretch => Enumerable.Repeat(stretch.level, stretch.frames)).ToArray()),
        Gen.Int[1, Frame],
        Gen.OneOf(Gen.Const(5d), Gen.Const(12.3), Gen.Const(30d), Gen.Const(180d)),
        (probabilities, last, seconds) => new Heard(probabilities, last, seconds));

    [Fact]
    public void Pieces_AnyProbabilities_AreInOrderAndWithinTheLimit() => Any.Sample(heard =>
    {
        var end = 0L;
        foreach (var piece in Cut(heard))
        {
            Assert.InRange(piece.Length, 1, (long)(heard.Seconds * Rate));
            Assert.True(piece.End > end, "A piece holds nothing that the one before does not.");
            Assert.True(piece.End <= heard.Total, "A piece reaches beyond the recording.");
            Assert.Equal(Math.Max(0, end - piece.Start), piece.Overlap);
            end = piece.End;
        }
    });

    [Fact]
    public void Pieces_AnyProbabilities_LoseNoSpeech() => Any.Sample(heard =>
    {
        var pieces = Cut(heard);
        var run = 0;
        for (var frame = 0; frame <= heard.Probabilities.Length; frame++)
        {
            if (frame < heard.Probabilities.Length && heard.Probabilities[frame] >= 0.5f)
            {
                run++;
                continue;
            }

            // The shortest that counts.
            var length = Math.Min((long)frame * Frame, heard.Total) - ((long)(frame - run) * Frame);
            for (var inside = length < PieceOptions.Default.MinSpeech.TotalSeconds * Rate ? frame : frame - run; inside < frame; inside++)
            {
                var at = (long)inside * Frame;
                Assert.Contains(pieces, piece => piece.Start <= at && Math.Min(at + Frame, heard.Total) <= piece.End);
            }

            run = 0;
        }
    });

    [Fact]
    public void Pieces_AnyProbabilities_ArePartedInSpeechOnlyWithoutAPause() => Any.Sample(heard =>
    {
        foreach (var piece in Cut(heard).Where(piece => piece.Overlap == 0 && piece.Start > 0))
        {
            var frame = (int)(piece.Start / Frame);
            var run = heard.Probabilities.Take(frame).Reverse().TakeWhile(IsSpeech).Count() + heard.Probabilities.Skip(frame).TakeWhile(IsSpeech).Count();
            // What is shorter is no speech.
            Assert.True((long)run * Frame < PieceOptions.Default.MinSpeech.TotalSeconds * Rate, "A word may be cut.");
        }
    });

    [Fact]
    public void MaxHeld_AnyProbabilities_ReachesBackToEveryPiece() => Any.Sample(heard =>
    {
        var cutter = Cutter(heard.Seconds);
        for (var frame = 0; frame < heard.Probabilities.Length; frame++)
        {
            cutter.Push(heard.Probabilities[frame]);
            while (cutter.TryTake(out var piece)) Assert.InRange(((frame + 1L) * Frame) - piece.Start, 0, cutter.MaxHeld);
        }

        cutter.Complete(heard.Total);
        while (cutter.TryTake(out var piece)) Assert.InRange(heard.Total - piece.Start, 0, cutter.MaxHeld);
    });

    [Fact]
    public void Pieces_Silence_AreNone() => Assert.Empty(Cut(Silence(60)));

    [Fact]
    public void Pieces_ShortRecording_AreOneWithItsPauses()
    {
        var piece = Assert.Single(Cut([.. Silence(5), .. Speech(2), .. Silence(4), .. Speech(3), .. Silence(5)]));

        Assert.InRange(piece.StartSeconds, 3.9, 4.1);
        Assert.InRange(piece.Seconds, 10.9, 11.1);
        Assert.Equal(0, piece.Overlap);
    }

    [Fact]
    public void Pieces_LongSilence_IsInNone()
    {
        var pieces = Cut([.. Speech(2), .. Silence(3600), .. Speech(2)]);

        Assert.Equal(2, pieces.Count);
        Assert.InRange(pieces[1].StartSeconds, 3600.9, 3601.1);
        Assert.All(pieces, piece => Assert.InRange(piece.Seconds, 2.9, 3.1));
    }

    [Fact]
    public void Pieces_LongSilence_AreThereBeforeItEnds()
    {
        var cutter = Cutter(180);
        foreach (var probability in (float[])[.. Speech(2), .. Silence(11)]) cutter.Push(probability);

        Assert.True(cutter.TryTake(out _));
    }

    [Fact]
    public void Pieces_TooLongForOne_ArePartedInTheLongestPauseOfTheSecondHalf()
    {
        // Pauses end at 20, 62, 104.5 and 146 s; the longest is before the half, the next is at 103.
        var pieces = Cut([.. Speech(18), .. Silence(4), .. Speech(40), .. Silence(1), .. Speech(40), .. Silence(2), .. Speech(40), .. Silence(1), .. Speech(60)]);

        Assert.Equal(2, pieces.Count);
        Assert.InRange(pieces[0].StartSeconds + pieces[0].Seconds, 103.9, 104.1);
        Assert.Equal(pieces[0].End, pieces[1].Start);
    }

    [Fact]
    public void Pieces_OnlyPauseIsInTheFirstHalf_ArePartedThere()
    {
        var pieces = Cut([.. Speech(30), .. Silence(1), .. Speech(170)]);

        Assert.Equal(2, pieces.Count);
        Assert.InRange(pieces[1].StartSeconds, 30.4, 30.6);
        Assert.Equal(0, pieces[1].Overlap);
    }

    [Fact]
    public void Pieces_NoPauseAtAll_OverlapByFourSeconds()
    {
        var pieces = Cut(Speech(600));

        Assert.Equal(4, pieces.Count);
        Assert.All(pieces.Skip(1), piece => Assert.Equal(4, piece.OverlapSeconds));
        Assert.Equal((long)(600d / 0.032) * Frame, pieces[^1].End);
    }

    [Fact]
    public void Pieces_RestThatTheOverlapHasHeard_IsNoPieceOfItsOwn()
    {
        // One of them ends within the overlap behind the first cut, wherever that is.
        var pieces = Enumerable.Range(200, 120).Select(tenths => Cut(Speech(tenths / 10d), 30)).ToArray();

        Assert.All(pieces, cut => Assert.All(cut.Zip(cut.Skip(1)), pair => Assert.True(pair.Second.End > pair.First.End)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public void Pieces_LimitOfAProvider_IsKept(double seconds)
    {
        var pieces = Cut(Speech(300), seconds);

        Assert.All(pieces, piece => Assert.InRange(piece.Seconds, 1, seconds));
        Assert.InRange(pieces.Count, 300 / seconds, 600 / seconds);
    }

    private static PieceCutter Cutter(double seconds) =>
        new(new PieceLimits(TimeSpan.FromSeconds(seconds)), PieceOptions.Default, SegmentationOptions.Default, Rate, Frame);

    private static List<PieceSpan> Cut(float[] probabilities, double seconds = 180) => Cut(new Heard(probabilities, Frame, seconds));

    private static List<PieceSpan> Cut(Heard heard)
    {
        var cutter = Cutter(heard.Seconds);
        foreach (var probability in heard.Probabilities) cutter.Push(probability);
        cutter.Complete(heard.Total);
        var pieces = new List<PieceSpan>();
        while (cutter.TryTake(out var piece)) pieces.Add(piece);
        return pieces;
    }

    private static bool IsSpeech(float probability) => probability >= 0.5f;

    private static float[] Speech(double seconds) => Frames(seconds, 0.9f);

    private static float[] Silence(double seconds) => Frames(seconds, 0.01f);

    private static float[] Frames(double seconds, float probability) => [.. Enumerable.Repeat(probability, (int)(seconds / 0.032))];

    private sealed record Heard(float[] Probabilities, int LastFrame, double Seconds)
    {
        public long Total => Probabilities.Length == 0 ? 0 : ((long)(Probabilities.Length - 1) * Frame) + LastFrame;
    }
}

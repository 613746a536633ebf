using CsCheck;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Jobs.Transcripts;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs.Transcripts;

public class TranscriptMergerTests
{
    private const int Rate = SileroVad.SampleRate;

    private static readonly string[] Vocabulary = ["the", "a", "cat", "dog", "sat", "on", "in", "mat", "house", "and", "then", "we", "went", "home", "yes", "no"];

    // Speech of one to three words a second without a pause, heard in pieces of 20 s that share 4 s.
    private static readonly Gen<SpeechWord[]> Speech = Gen.Select(Gen.Int[0, 15].Select(index => Vocabulary[index]), Gen.Double[0.3, 1], (word, length) => (word, length)).Array[1, 150].Select(words =>
    {
        var at = 0d;
        return words.Select(word => new SpeechWord(word.word, at, (at += word.length) - 0.05)).ToArray();
    });

    [Fact]
    public void Merge_WordTimings_GivesEveryWordOnce() => Speech.Sample(said =>
    {
        var merged = TranscriptMerger.Merge(Hear(said, words: true, segments: false), Length(said));

        Assert.Equal(Texts(said), merged.Words.Select(word => word.Word));
        Assert.Equal(string.Join(' ', Texts(said)), merged.Text);
        Assert.All(said.Zip(merged.Words), pair => Assert.Equal(pair.First.Start, pair.Second.Start, 0.01));
    });

    [Fact]
    public void Merge_SegmentTimings_GivesEveryWordOnceInOrder() => Distinct(Speech).Sample(said =>
    {
        var merged = TranscriptMerger.Merge(Hear(said, words: false, segments: true), Length(said));

        Assert.Equal(Texts(said), merged.Segments.SelectMany(segment => segment.Text.Split(' ')));
        Assert.Equal(string.Join(' ', Texts(said)), merged.Text);
        AssertRising(merged);
    });

    [Fact]
    public void Merge_NoTimings_GivesEveryWordOnce() => Distinct(Speech).Sample(said =>
        Assert.Equal(string.Join(' ', Texts(said)), TranscriptMerger.Merge(Hear(said, words: false, segments: false), Length(said)).Text));

    [Fact]
    public void Merge_TimingsOfEveryKind_AgreeWithTheText() => Speech.Sample(said =>
    {
        var merged = TranscriptMerger.Merge(Hear(said, words: true, segments: true), Length(said));

        Assert.Equal(merged.Text, string.Join(' ', merged.Words.Select(word => word.Word)));
        Assert.Equal(merged.Text, string.Join(' ', merged.Segments.Select(segment => segment.Text)));
        AssertRising(merged);
    });

    // A provider's times may be anything: out of order, negative, beyond the piece.
    [Fact]
    public void Merge_AnyTimes_AreRisingAndWithinTheRecording() => Gen.Select(Gen.Double[-5, 30], Gen.Double[-5, 30], (start, end) => new SpeechSegment(start, end, "x"))
        .Array[0, 6].Array[0, 5].Sample(pieces =>
        {
            var heard = pieces.Select((segments, index) => Piece(index * 10, 12, "x", overlap: index > 0 && index % 2 == 0 ? 2 : 0) with
            {
                Segments = segments,
                Words = [.. segments.Select(segment => new SpeechWord("x", segment.Start, segment.End))],
            });

            AssertRising(TranscriptMerger.Merge([.. heard], 60));
        });

    [Fact]
    public void Merge_NoPieces_IsAnAnswer()
    {
        var merged = TranscriptMerger.Merge([], 12.3456);

        Assert.Equal("", merged.Text);
        Assert.Equal(12.346, merged.Duration);
        Assert.Null(merged.Confidence);
        Assert.Null(merged.Language);
        Assert.Null(merged.Provider);
        Assert.Equal(TimingKinds.Segment | TimingKinds.Word, merged.Timings);
    }

    [Fact]
    public void Merge_Offsets_AreAdded()
    {
        var merged = TranscriptMerger.Merge(
            [
                Piece(10, 5, "One.") with { Segments = [new SpeechSegment(1, 2, "One.")], Words = [new SpeechWord("One.", 1, 2)] },
                Piece(3600.5, 5, "Two.") with { Segments = [new SpeechSegment(0.25, 1, "Two.")], Words = [new SpeechWord("Two.", 0.25, 1)] },
            ],
            3610);

        Assert.Equal("One. Two.", merged.Text);
        Assert.Equal([new(11, 12, "One."), new(3600.75, 3601.5, "Two.")], merged.Segments);
        Assert.Equal([new("One.", 11, 12), new("Two.", 3600.75, 3601.5)], merged.Words);
    }

    [Fact]
    public void Merge_Overlap_KeepsPunctuationAndLeavesTheMisheardEdgesOut()
    {
        var merged = TranscriptMerger.Merge(
            [
                Piece(0, 20, "It was late, and the old man wal") with { Segments = [new SpeechSegment(14, 20, "It was late, and the old man wal")] },
                Piece(16, 10, "ate, and the old man walked home.", overlap: 4) with { Segments = [new SpeechSegment(0, 7, "ate, and the old man walked home.")] },
            ],
            26);

        Assert.Equal("It was late, and the old man walked home.", merged.Text);
        Assert.Equal([new(14, 18, "It was late, and the"), new(18, 23, "old man walked home.")], merged.Segments);
    }

    [Fact]
    public void Merge_RepeatedWordWithTimes_IsNotTakenForTheSame()
    {
        // Six in sequence, three of them in the overlap.
        SpeechWord[] said = [.. Enumerable.Range(0, 6).Select(number => new SpeechWord("five", 15 + number, 15.5 + number))];
        var merged = TranscriptMerger.Merge(
            [
                Piece(0, 18.6, "five five five five") with { Words = said[..4] },
                Piece(16.9, 5, "five five five five", overlap: 1.7) with { Words = [.. said[2..].Select(word => new SpeechWord(word.Word, word.Start - 16.9, word.End - 16.9))] },
            ],
            22);

        Assert.Equal(6, merged.Words.Count);
    }

    [Fact]
    public void Merge_OverlapWithNothingInCommon_LosesNothing() =>
        Assert.Equal("one two three four", TranscriptMerger.Merge([Piece(0, 20, "one two"), Piece(16, 10, "three four", overlap: 4)], 26).Text);

    [Fact]
    public void Merge_UnspacedScript_IsJoinedWithoutASpace()
    {
        Assert.Equal("我说。你听。", TranscriptMerger.Merge([Piece(0, 5, "我说。"), Piece(5, 5, "你听。")], 10).Text);
        Assert.Equal("Да. Нет.", TranscriptMerger.Merge([Piece(0, 5, "Да."), Piece(5, 5, " Нет.")], 10).Text);
    }

    [Fact]
    public void Merge_Confidence_IsTheMeanByLength() =>
        Assert.Equal(0.8, TranscriptMerger.Merge([Piece(0, 30, "a", confidence: 0.9), Piece(30, 10, "b", confidence: 0.5), Piece(40, 10, "")], 50).Confidence!.Value, 6);

    [Fact]
    public void Merge_OneWithoutConfidence_HasNone() =>
        Assert.Null(TranscriptMerger.Merge([Piece(0, 30, "a", confidence: 0.9), Piece(30, 10, "b")], 50).Confidence);

    [Fact]
    public void Merge_Languages_GivesThatOfMostOfTheTime() =>
        Assert.Equal("de", TranscriptMerger.Merge([Piece(0, 10, "a", language: "en"), Piece(10, 25, "b", language: "de"), Piece(40, 10, "c", language: "en")], 50).Language);

    [Fact]
    public void Merge_SpeakersOfSeveralPieces_AreNotTakenForTheSame()
    {
        var said = new SpeechSegment(0, 1, "a") { Speaker = "1" };

        Assert.Equal(["1 (part 1)", "1 (part 3)"], Speakers([Piece(0, 5, "a", said), Piece(5, 5, ""), Piece(10, 5, "a", said)]));
        Assert.Equal(["1"], Speakers([Piece(0, 5, "a", said), Piece(5, 5, "")]));

        static IEnumerable<string?> Speakers(PieceTranscript[] pieces) => TranscriptMerger.Merge(pieces, 20).Segments.Select(segment => segment.Speaker);
    }

    [Fact]
    public void Merge_NotRecognised_IsShownAsASegmentWithoutText()
    {
        var merged = TranscriptMerger.Merge([Piece(0, 5, "a", new SpeechSegment(0, 1, "a")), NotRecognised(5, 5)], 10);

        Assert.Equal([new(0, 1, "a"), new(5, 10, "")], merged.Segments);
        Assert.Equal("p", merged.Provider);
    }

    [Fact]
    public void Merge_NotRecognised_IsMarkedAndListed()
    {
        var merged = TranscriptMerger.Merge(
            [NotRecognised(0, 4), Piece(4, 5, "a"), NotRecognised(9, 5), NotRecognised(14, 6), Piece(20, 5, ""), NotRecognised(40, 5), NotRecognised(60, 5), Piece(65, 5, "b")], 70);

        Assert.Equal("a b", merged.Text);
        Assert.Equal("[inaudible] a [inaudible] [inaudible] [inaudible] b", merged.MarkedText);
        Assert.Equal([new(0, 4), new(9, 20), new(40, 45), new(60, 65)], merged.Inaudible);
    }

    [Fact]
    public void Merge_EverythingRecognised_MarksNothing()
    {
        var merged = TranscriptMerger.Merge([Piece(0, 5, "a"), Piece(5, 5, ""), Piece(10, 5, "b")], 15);

        Assert.Equal("a b", merged.MarkedText);
        Assert.Empty(merged.Inaudible);
    }

    [Fact]
    public void Merge_NotRecognisedAndTimingsLacking_IsListedAllTheSame()
    {
        var merged = TranscriptMerger.Merge([Piece(0, 5, "a"), NotRecognised(5, 5)], 10);

        Assert.Empty(merged.Segments);
        Assert.Equal([new(5, 10)], merged.Inaudible);
    }

    [Fact]
    public void Merge_NotRecognisedThatOverlaps_LeavesToOthersWhatTheyHeard()
    {
        var said = new SpeechSegment(0, 20, "a");
        var merged = TranscriptMerger.Merge(
            [Piece(0, 20, "a", said), NotRecognised(16, 20, overlap: 4), NotRecognised(32, 20, overlap: 4), Piece(48, 20, "b", said with { Text = "b" }, overlap: 4)], 68);

        Assert.Equal([new(20, 48)], merged.Inaudible);
        Assert.Equal([new(0, 20, "a"), new(20, 36, ""), new(32, 48, ""), new(48, 68, "b")], merged.Segments);
        Assert.Equal("a [inaudible] b", merged.MarkedText);
    }

    [Fact]
    public void Merge_NotRecognisedThatOthersHoldAllOf_IsHeard()
    {
        var merged = TranscriptMerger.Merge([Piece(0, 5, "a"), NotRecognised(1, 5, overlap: 4), Piece(2, 5, "b", overlap: 4)], 7);

        Assert.Empty(merged.Inaudible);
        Assert.Equal("a b", merged.MarkedText);
    }

    [Fact]
    public void Merge_OnePieceWithoutTimings_HasNone()
    {
        var merged = TranscriptMerger.Merge([Piece(0, 5, "a", new SpeechSegment(0, 1, "a")), Piece(5, 5, "b")], 10);

        Assert.Empty(merged.Segments);
        Assert.Equal(TimingKinds.None, merged.Timings);
    }

    [Fact]
    public void Merge_SeveralProviders_NamesAllTheOneThatHeardMostFirst()
    {
        var merged = TranscriptMerger.Merge([Piece(0, 5, "a"), Piece(5, 20, "b") with { Provider = "q", Cache = CacheOutcome.Hit }], 30);

        Assert.Equal("q, p", merged.Provider);
        Assert.Equal(CacheOutcome.Miss, merged.Cache);
    }

    private static Gen<SpeechWord[]> Distinct(Gen<SpeechWord[]> speech) =>
        speech.Select(words => words.Select((word, index) => word with { Word = $"{word.Word}{index}" }).ToArray());

    private static void AssertRising(LongTranscript merged)
    {
        var last = 0d;
        foreach (var segment in merged.Segments)
        {
            Assert.InRange(segment.Start, last, merged.Duration);
            Assert.InRange(segment.End, segment.Start, merged.Duration);
            last = segment.Start;
        }

        last = 0;
        foreach (var word in merged.Words)
        {
            Assert.InRange(word.Start, last, merged.Duration);
            Assert.InRange(word.End, word.Start, merged.Duration);
            last = word.Start;
        }
    }

    private static double Length(SpeechWord[] said) => said[^1].End + 1;

    private static IEnumerable<string> Texts(SpeechWord[] said) => said.Select(word => word.Word);

    private static List<PieceTranscript> Hear(SpeechWord[] said, bool words, bool segments)
    {
        const double Step = 16, Overlap = 4;
        var pieces = new List<PieceTranscript>();
        for (var start = 0d; start < Length(said); start += Step)
        {
            var end = Math.Min(start + Step + Overlap, Length(said));
            SpeechWord[] heard = [.. said.Where(word => word.Start >= start && word.End <= end).Select(word => new SpeechWord(word.Word, word.Start - start, word.End - start))];
            var text = string.Join(' ', Texts(heard));
            pieces.Add(Piece(start, end - start, text, overlap: start > 0 ? Overlap : 0) with
            {
                Words = words ? heard : [],
                Segments = segments ? [.. heard.Chunk(5).Select(chunk => new SpeechSegment(chunk[0].Start, chunk[^1].End, string.Join(' ', Texts(chunk))))] : [],
            });
            if (end >= Length(said)) break;
        }

        return pieces;
    }

    private static PieceTranscript Piece(
        double start, double seconds, string text, SpeechSegment? segment = null, double overlap = 0, double? confidence = null, string? language = null) => new()
        {
            Span = Span(start, seconds, overlap),
            Text = text,
            Segments = segment is null ? [] : [segment],
            Words = [],
            Provider = "p",
            Model = "m",
            Confidence = confidence,
            Language = language,
        };

    private static PieceTranscript NotRecognised(double start, double seconds, double overlap = 0) => PieceTranscript.NotRecognised(Span(start, seconds, overlap));

    private static PieceSpan Span(double start, double seconds, double overlap) => new((long)(start * Rate), (long)(seconds * Rate), (long)(overlap * Rate));
}

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>
/// Decides where a long recording is cut, out of the probability of speech in each frame: in the longest pause of a piece's second half, so that pieces are
/// long and begin where a sentence does. Knows no audio, so it needs no model to be tested with.
/// </summary>
internal sealed class PieceCutter
{
    private readonly SpeechDetector _detector;
    private readonly List<SpeechSpan> _spans = [];
    private readonly List<SpeechSpan> _open = [];
    private readonly Queue<PieceSpan> _ready = new();
    private readonly long _padding;
    private readonly long _overlap;
    private readonly long _maxSilence;
    private readonly long _maxSpan;
    private long _heard;
    private long _end;
    private long _parted;

    /// <summary>Where the next piece begins that has no pause before it.</summary>
    private long? _resume;

    public PieceCutter(PieceLimits limits, PieceOptions pieces, SegmentationOptions speech, int sampleRate, int frameSamples)
    {
        var longest = (long)(limits.MaxDuration.TotalSeconds * sampleRate);
        _padding = Math.Min(Samples(pieces.Padding), longest / 16);
        _overlap = Math.Min(Samples(pieces.Overlap), longest / 8);
        _maxSilence = Math.Max(Samples(pieces.MaxSilence), 2 * _padding);

        // Either side holds padding or half of an overlap, and the detector sees the end of a span up to a frame late.
        _maxSpan = longest - (2 * Math.Max(_padding, _overlap / 2)) - frameSamples;
        _detector = new SpeechDetector(speech with { MinSpeech = pieces.MinSpeech }, sampleRate, frameSamples, _maxSpan);
        MaxHeld = (2 * longest) + _maxSilence + sampleRate;

        long Samples(TimeSpan duration) => (long)(duration.TotalSeconds * sampleRate);
    }

    /// <summary>So many samples at most lie between the first one that a piece still to come may hold and the last one heard.</summary>
    public long MaxHeld { get; }

    /// <summary>Takes the probability of the next frame.</summary>
    public void Push(float probability)
    {
        _detector.Push(probability, _spans);
        _heard = _detector.Position;
        Gather();

        // What is still to come is too far away to be in the same piece.
        if (_open.Count > 0 && (_detector.Start ?? _detector.Position) - _open[^1].End > _maxSilence) Emit(_open.Count, _detector.Start ?? _detector.Position);
    }

    /// <summary>Ends with the audio, which is <paramref name="total"/> samples long.</summary>
    public void Complete(long total)
    {
        _heard = total;
        _detector.Complete(total, _spans);
        Gather();
        if (_open.Count > 0) Emit(_open.Count, long.MaxValue);
    }

    public bool TryTake(out PieceSpan piece) => _ready.TryDequeue(out piece!);

    private void Gather()
    {
        foreach (var span in _spans)
        {
            if (_open.Count > 0 && span.Start - _open[^1].End > _maxSilence) Emit(_open.Count, span.Start);
            _open.Add(span);
            while (span.End - _open[0].Start > _maxSpan && _open.Count > 1) CutOne();
        }

        _spans.Clear();
    }

    /// <summary>Parts the open spans in the longest pause of the second half; failing that in the last one before; and only without any in speech.</summary>
    private void CutOne()
    {
        var (best, longest) = (0, 0L);
        for (var next = _open.Count - 1; next > 0; next--)
        {
            var length = _open[next - 1].End - _open[0].Start;
            var pause = _open[next].Start - _open[next - 1].End;
            if (length > _maxSpan || pause <= longest) continue;
            if (best > 0 && length < _maxSpan / 2) break;
            (best, longest) = (next, pause);
        }

        if (best == 0)
        {
            // Speech all through: the detector cut it where it was least likely.
            for (best = _open.Count - 1; best > 1 && _open[best - 1].End - _open[0].Start > _maxSpan;) best--;
        }

        Emit(best, _open[best].Start);
    }

    /// <summary>The first <paramref name="count"/> open spans are a piece. Neighbours share the pause between them, so that no sound is heard twice.</summary>
    private void Emit(int count, long next)
    {
        var last = _open[count - 1].End;
        var start = _resume ?? Math.Max(_parted, _open[0].Start - _padding);
        var pause = next - last;
        var end = Math.Min(_heard, last + (pause > 0 ? Math.Min(_padding, pause / 2) : _overlap / 2));

        // The overlap of the piece before may have heard all of a short rest.
        if (end > _end)
        {
            _ready.Enqueue(new PieceSpan(start, end - start, Math.Max(0, _end - start)));
            _end = end;
        }

        _parted = end;
        _resume = pause > 0 ? null : last - (_overlap / 2);
        _open.RemoveRange(0, count);
    }
}

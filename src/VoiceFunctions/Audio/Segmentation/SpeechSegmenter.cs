namespace VoiceFunctions.Audio.Segmentation;

/// <summary>
/// Makes segments fit for a recogniser out of the probability of speech in each frame: padded, merged where they are close, never longer than the limit.
/// Knows no audio, so it needs no model to be tested with.
/// </summary>
internal sealed class SpeechSegmenter
{
    private readonly SpeechDetector _detector;
    private readonly List<SpeechSpan> _spans = [];
    private readonly Queue<SpeechSpan> _ready = new();
    private readonly long _padding;
    private readonly long _mergeGap;
    private readonly long _maxSpan;
    private SpeechSpan? _pending;
    private long _floor;

    public SpeechSegmenter(SegmentationOptions options, int sampleRate, int frameSamples)
    {
        _padding = (long)(options.Padding.TotalSeconds * sampleRate);
        _mergeGap = (long)(options.MergeGap.TotalSeconds * sampleRate);
        _maxSpan = (long)(options.MaxSegment.TotalSeconds * sampleRate) - (2 * _padding);
        ArgumentOutOfRangeException.ThrowIfLessThan(_maxSpan, 4L * frameSamples, nameof(options));
        _detector = new SpeechDetector(options, sampleRate, frameSamples, _maxSpan);
    }

    /// <summary>Samples before this one belong to no segment that is still to come.</summary>
    public long Needed => Math.Max(_floor, (_pending?.Start ?? _detector.Start ?? _detector.Position) - _padding);

    /// <summary>Takes the probability of the next frame.</summary>
    public void Push(float probability)
    {
        _detector.Push(probability, _spans);
        Merge();

        // Nothing that is still to come can be close enough to be merged.
        var next = _detector.Start ?? _detector.Position;
        if (_pending is { } pending && next - pending.End > _mergeGap) Emit(pending, Math.Min(pending.End + _padding, next));
    }

    /// <summary>Ends with the audio, which is <paramref name="total"/> samples long.</summary>
    public void Complete(long total)
    {
        _detector.Complete(total, _spans);
        Merge();
        if (_pending is { } pending) Emit(pending, Math.Min(total, pending.End + _padding));
    }

    public bool TryTake(out SpeechSpan segment) => _ready.TryDequeue(out segment);

    private void Merge()
    {
        foreach (var span in _spans)
        {
            if (_pending is not { } pending)
            {
                _pending = span;
            }
            else if (span.Start - pending.End <= _mergeGap && span.End - pending.Start <= _maxSpan)
            {
                _pending = new SpeechSpan(pending.Start, span.End);
            }
            else
            {
                // Neighbours share the gap between them, so that no sound is heard twice.
                Emit(pending, Math.Min(pending.End + _padding, pending.End + ((span.Start - pending.End) / 2)));
                _pending = span;
            }
        }

        _spans.Clear();
    }

    private void Emit(SpeechSpan span, long end)
    {
        _ready.Enqueue(new SpeechSpan(Math.Max(_floor, span.Start - _padding), end));
        _floor = end;
        _pending = null;
    }
}

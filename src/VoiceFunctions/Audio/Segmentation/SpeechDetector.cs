namespace VoiceFunctions.Audio.Segmentation;

/// <summary>
/// Turns the probability of speech in each frame into stretches of speech, bare of padding and none longer than a limit. It follows the rules of
/// <c>get_speech_timestamps</c> in https://github.com/snakers4/silero-vad, one frame at a time.
/// </summary>
internal sealed class SpeechDetector(SegmentationOptions options, int sampleRate, int frameSamples, long maxSpan)
{
    private readonly long _endSilence = Samples(options.EndSilence, sampleRate);
    private readonly long _minSpeech = Samples(options.MinSpeech, sampleRate);
    private readonly long _cutPause = Samples(options.CutPause, sampleRate);
    private readonly Queue<(long At, float Probability)> _recent = new();
    private readonly List<SpeechSpan> _pauses = [];
    private readonly long _cutWindow = Math.Min(Samples(options.CutWindow, sampleRate), maxSpan / 2);
    private long _position;
    private long? _start;
    private long? _silence;
    private bool _cut;

    /// <summary>Where the speech that is going on began; <see langword="null"/> in silence.</summary>
    public long? Start => _start;

    /// <summary>Samples heard.</summary>
    public long Position => _position;

    /// <summary>Takes the next frame, and adds what it completes.</summary>
    public void Push(float probability, List<SpeechSpan> spans)
    {
        var at = _position;
        _position += frameSamples;
        if (_start is null)
        {
            if (probability < options.StartProbability) return;
            _start = at;
        }

        if (probability >= options.StartProbability)
        {
            if (_silence is { } since && at - since > _cutPause) _pauses.Add(new SpeechSpan(since, at));
            _silence = null;
        }
        else if (probability < options.EndProbability)
        {
            _silence ??= at;
        }

        _recent.Enqueue((at, probability));
        while (_recent.Peek().At < _position - _cutWindow && _recent.Count > 1) _recent.Dequeue();

        if (_silence is { } silence && _position - silence >= _endSilence) End(silence, spans);
        else if (_position - _start >= maxSpan) Cut(spans);
    }

    /// <summary>Ends with the audio, which is <paramref name="total"/> samples long.</summary>
    public void Complete(long total, List<SpeechSpan> spans)
    {
        if (_start is null) return;
        End(Math.Min(_silence ?? total, total), spans);
    }

    private void End(long end, List<SpeechSpan> spans)
    {
        var span = new SpeechSpan(_start!.Value, end);
        if (span.Length > 0 && (_cut || span.Length >= _minSpeech)) spans.Add(span);
        _start = null;
        Forget();
        _cut = false;
    }

    private void Cut(List<SpeechSpan> spans)
    {
        var pause = Longest();
        if (pause is null)
        {
            var lowest = _recent.MinBy(static frame => frame.Probability).At;
            pause = new SpeechSpan(lowest, lowest);
        }

        spans.Add(new SpeechSpan(_start!.Value, pause.Value.Start));
        _start = pause.Value.End;
        _cut = true;
        _pauses.RemoveAll(other => other.Start < _start);
        if (_silence < _start) _silence = _start;
    }

    private SpeechSpan? Longest()
    {
        SpeechSpan? longest = null;
        foreach (var pause in _pauses)
        {
            if (longest is null || pause.Length > longest.Value.Length) longest = pause;
        }

        return longest;
    }

    private void Forget()
    {
        _silence = null;
        _pauses.Clear();
        _recent.Clear();
    }

    private static long Samples(TimeSpan duration, int sampleRate) => (long)(duration.TotalSeconds * sampleRate);
}

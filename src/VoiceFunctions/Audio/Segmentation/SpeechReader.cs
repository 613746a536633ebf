using System.Runtime.CompilerServices;

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>
/// Cuts a stream of audio at 16 kHz into segments of speech. Holds the segment that is under way, which is at most two of the longest segments, however long the
/// audio is.
/// </summary>
/// <param name="segmenter">Decides where to cut.</param>
/// <param name="listen">The probability of speech in the next frame of <see cref="SileroVad.FrameSamples"/> samples; the last frame may be shorter.</param>
internal sealed class SpeechReader(SpeechSegmenter segmenter, SpeechReader.Listener listen)
{
    public delegate float Listener(ReadOnlySpan<float> frame);

    private float[] _buffer = new float[16 * SileroVad.SampleRate];
    private long _bufferStart;
    private int _buffered;
    private int _heard;

    /// <summary>Samples read so far; the length of the audio at the end.</summary>
    public long Samples => _bufferStart + _buffered;

    public async IAsyncEnumerable<SpeechClip> ReadAsync(IAsyncEnumerable<ReadOnlyMemory<float>> blocks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var block in blocks.WithCancellation(cancellationToken))
        {
            Append(block.Span);
            for (; _buffered - _heard >= SileroVad.FrameSamples; _heard += SileroVad.FrameSamples)
            {
                cancellationToken.ThrowIfCancellationRequested();
                segmenter.Push(listen(_buffer.AsSpan(_heard, SileroVad.FrameSamples)));
            }

            while (segmenter.TryTake(out var span)) yield return Clip(span);
        }

        if (_buffered > _heard) segmenter.Push(listen(_buffer.AsSpan(_heard, _buffered - _heard)));
        segmenter.Complete(Samples);
        while (segmenter.TryTake(out var span)) yield return Clip(span);
    }

    private SpeechClip Clip(SpeechSpan span) => new(span, _buffer.AsSpan((int)(span.Start - _bufferStart), (int)span.Length));

    private void Append(ReadOnlySpan<float> block)
    {
        if (_buffered + block.Length > _buffer.Length) Shift(block.Length);
        block.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += block.Length;
    }

    // Forgets what no segment will need, and grows only when that is not enough.
    private void Shift(int incoming)
    {
        var forget = (int)Math.Min(Math.Max(0, segmenter.Needed - _bufferStart), _heard);
        _buffer.AsSpan(forget, _buffered - forget).CopyTo(_buffer);
        _bufferStart += forget;
        _buffered -= forget;
        _heard -= forget;
        if (_buffered + incoming > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffered + incoming, _buffer.Length * 2));
    }
}

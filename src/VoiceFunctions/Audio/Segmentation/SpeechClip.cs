using System.Buffers;

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>A segment with its samples, which are valid until it is disposed.</summary>
internal sealed class SpeechClip : IDisposable
{
    private float[]? _samples;

    public SpeechClip(SpeechSpan span, ReadOnlySpan<float> samples)
    {
        Span = span;
        _samples = ArrayPool<float>.Shared.Rent(samples.Length);
        samples.CopyTo(_samples);
    }

    public SpeechSpan Span { get; }

    public ReadOnlyMemory<float> Samples => _samples.AsMemory(0, (int)Span.Length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _samples, null) is { } samples) ArrayPool<float>.Shared.Return(samples);
    }
}

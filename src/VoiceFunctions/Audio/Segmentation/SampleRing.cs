using System.Buffers;
using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>The last part of a stream of samples, as 16-bit numbers in a file that does not grow with the stream.</summary>
internal sealed class SampleRing(TempFile file, long capacity) : IDisposable
{
    private readonly long _bytes = capacity * sizeof(short);
    private byte[] _block = [];

    /// <summary>Samples written so far.</summary>
    public long Position { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        var length = samples.Length * sizeof(short);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _bytes, nameof(samples));
        if (_block.Length < length) Grow(length);
        PcmConversion.ToInt16(samples.Span, MemoryMarshal.Cast<byte, short>(_block.AsSpan(0, length)));
        var at = Position * sizeof(short) % _bytes;
        var first = (int)Math.Min(length, _bytes - at);
        await file.WriteAsync(_block.AsMemory(0, first), at, cancellationToken);
        if (first < length) await file.WriteAsync(_block.AsMemory(first, length - first), 0, cancellationToken);
        Position += samples.Length;
    }

    /// <summary>Bytes of the stream from <paramref name="offset"/> on, counted from its beginning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are overwritten by now, or still to come.</exception>
    public int Read(Span<byte> target, long offset)
    {
        var end = Position * sizeof(short);
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, end - _bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, end);
        var at = offset % _bytes;
        return file.Read(target[..(int)Math.Min(target.Length, Math.Min(end - offset, _bytes - at))], at);
    }

    public void Dispose()
    {
        Grow(0);
        file.Dispose();
    }

    private void Grow(int length)
    {
        if (_block.Length > 0) ArrayPool<byte>.Shared.Return(_block);
        _block = length > 0 ? ArrayPool<byte>.Shared.Rent(length) : [];
    }
}

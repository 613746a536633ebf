using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio;

/// <summary>
/// A WAV file of any kind and length as 16-bit mono WAV at another rate, converted while it is read. Reading on is cheap; seeking back starts over.
/// </summary>
internal sealed class ConvertedWavStream(Func<Stream> open, long frames, int from, int to) : ReadOnlyStream
{
    private const int BlockFrames = 8 * 1024;

    private readonly byte[] _header = new byte[Wav.HeaderBytes];
    private readonly float[] _block = new float[BlockFrames];
    private WavReader? _reader;
    private Resampler? _resampler;
    private float[] _converted = [];
    private byte[] _ready = [];
    private int _readyBytes;

    /// <summary>Where in the output the ready bytes begin.</summary>
    private long _readyAt;
    private bool _ended;

    public override long Length { get; } = Wav.HeaderBytes + (sizeof(short) * Resampler.OutputLength(frames, from, to));

    protected override int ReadAt(Span<byte> buffer, long position)
    {
        if (position >= Length || buffer.IsEmpty) return 0;
        if (position < Wav.HeaderBytes)
        {
            Wav.WriteHeader(_header, to, Length - Wav.HeaderBytes);
            var head = _header.AsSpan((int)position);
            head = head[..Math.Min(head.Length, buffer.Length)];
            head.CopyTo(buffer);
            return head.Length;
        }

        if (_reader is null || position < _readyAt) Restart();
        while (position >= _readyAt + _readyBytes)
        {
            if (_ended) return 0;
            Convert();
        }

        var ready = _ready.AsSpan((int)(position - _readyAt), (int)(_readyAt + _readyBytes - position));
        ready = ready[..Math.Min(ready.Length, buffer.Length)];
        ready.CopyTo(buffer);
        return ready.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader?.Dispose();
        base.Dispose(disposing);
    }

    private void Restart()
    {
        _reader?.Dispose();
        _reader = Now(WavReader.OpenAsync(open(), CancellationToken.None));
        _resampler = new Resampler(from, to);
        _converted = new float[_resampler.MaxOutput(BlockFrames)];
        _ready = new byte[_converted.Length * sizeof(short)];
        (_readyAt, _readyBytes, _ended) = (Wav.HeaderBytes, 0, false);
    }

    private void Convert()
    {
        var read = Now(_reader!.ReadAsync(_block, CancellationToken.None));
        _ended = read == 0;
        var written = _ended ? _resampler!.Flush(_converted) : _resampler!.Process(_block.AsSpan(0, read), _converted);
        PcmConversion.ToInt16(_converted.AsSpan(0, written), MemoryMarshal.Cast<byte, short>(_ready.AsSpan()));
        _readyAt += _readyBytes;
        _readyBytes = written * sizeof(short);
    }

    /// <summary>The source is a <see cref="ReadOnlyStream"/>, whose reads are complete when they return.</summary>
    private static T Now<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : throw new InvalidOperationException("The source does not answer at once.");
}

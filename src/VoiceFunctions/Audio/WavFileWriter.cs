using System.Buffers;
using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio;

/// <summary>Writes blocks of mono floats to a file as 16-bit WAV at another rate. The header comes last, when the length is known.</summary>
internal sealed class WavFileWriter : IDisposable
{
    private readonly TempFile _file;
    private readonly int _sampleRate;
    private readonly Resampler _resampler;
    private readonly float[] _resampled;
    private readonly byte[] _bytes;
    private long _length = Wav.HeaderBytes;

    public WavFileWriter(TempFile file, int from, int to, int maxBlock)
    {
        (_file, _sampleRate, _resampler) = (file, to, new Resampler(from, to));
        _resampled = ArrayPool<float>.Shared.Rent(_resampler.MaxOutput(maxBlock));
        _bytes = ArrayPool<byte>.Shared.Rent(_resampled.Length * sizeof(short));
    }

    public ValueTask WriteAsync(ReadOnlyMemory<float> block, CancellationToken cancellationToken) =>
        WriteAsync(_resampler.Process(block.Span, _resampled), cancellationToken);

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(_resampler.Flush(_resampled), cancellationToken);
        Wav.WriteHeader(_bytes, _sampleRate, _length - Wav.HeaderBytes);
        await _file.WriteAsync(_bytes.AsMemory(0, Wav.HeaderBytes), 0, cancellationToken);
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_resampled);
        ArrayPool<byte>.Shared.Return(_bytes);
    }

    private async ValueTask WriteAsync(int samples, CancellationToken cancellationToken)
    {
        var bytes = samples * sizeof(short);
        PcmConversion.ToInt16(_resampled.AsSpan(0, samples), MemoryMarshal.Cast<byte, short>(_bytes.AsSpan(0, bytes)));
        await _file.WriteAsync(_bytes.AsMemory(0, bytes), _length, cancellationToken);
        _length += bytes;
    }
}

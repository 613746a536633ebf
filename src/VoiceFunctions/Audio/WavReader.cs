using System.Buffers;
using System.Buffers.Binary;

namespace VoiceFunctions.Audio;

/// <summary>
/// Reads WAV from a stream as mono floats. A header is taken for a claim: nothing is allocated by a size that it gives, and a data chunk that ends
/// before its promised size is a cut file. Sizes that a writer puts down when it cannot know them mean "to the end". Does not own the stream.
/// </summary>
internal sealed class WavReader : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>No writer puts more into a format chunk than an extensible header and a codec's few words.</summary>
    private const int MaxFormatBytes = 64 * 1024;

    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _start;
    private int _end;
    private long _promised;
    private long _unread;

    private WavReader(Stream stream) => _stream = stream;

    public WavFormat Format { get; private set; }

    /// <summary>Where in the stream the samples begin.</summary>
    public long DataOffset { get; private set; }

    /// <summary>How many frames the file says it holds; <see langword="null"/> when it does not say.</summary>
    public long? Frames => Sized && Format.BlockAlign > 0 ? _promised / Format.BlockAlign : null;

    /// <summary>Whether the file says how much audio it holds.</summary>
    private bool Sized => _promised >= 0;

    /// <summary>Reads up to the first sample.</summary>
    /// <exception cref="AudioException">The bytes are not a readable WAV file.</exception>
    public static async ValueTask<WavReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = new WavReader(stream);
        try
        {
            await reader.ReadHeaderAsync(cancellationToken);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Fills a part of <paramref name="destination"/> and answers how many frames; 0 at the end.</summary>
    /// <exception cref="AudioException">The file ends before the size in its header.</exception>
    public async ValueTask<int> ReadAsync(Memory<float> destination, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        if (destination.IsEmpty || _unread == 0) return 0;
        var blockAlign = Format.BlockAlign;
        while (_end - _start < blockAlign)
        {
            if (await FillAsync(cancellationToken)) continue;
            if (Sized) throw Truncated(_promised - _unread + _end - _start);
            return 0;
        }

        var available = Math.Min(_end - _start, _unread);
        var frames = (int)Math.Min(destination.Length, available / blockAlign);
        PcmConversion.ToMono(_buffer.AsSpan(_start, frames * blockAlign), Format, destination.Span[..frames]);
        _start += frames * blockAlign;
        _unread -= frames * blockAlign;
        return frames;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var riff = await TakeAsync(12, cancellationToken);
        var kind = BinaryPrimitives.ReadUInt32BigEndian(riff.Span);
        var riffSize = BinaryPrimitives.ReadUInt32LittleEndian(riff.Span[4..]);
        if (!riff.Span[8..].SequenceEqual("WAVE"u8)) throw Undecodable("it does not begin like one");
        if (kind == FourCC("RIFX"u8))
        {
            // ffmpeg does not read these either.
            throw new AudioException(AudioFailure.UnsupportedFormat, "Big-endian WAV (RIFX) cannot be read.");
        }

        if (kind != FourCC("RIFF"u8) && kind != FourCC("RF64"u8) && kind != FourCC("BW64"u8)) throw Undecodable("it does not begin like one");

        long? size64 = null;
        long offset = 12;
        var hasFormat = false;
        while (true)
        {
            var header = await TakeAsync(8, cancellationToken);
            var id = BinaryPrimitives.ReadUInt32BigEndian(header.Span);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(header.Span[4..]);
            offset += 8;
            if (id == FourCC("data"u8))
            {
                if (!hasFormat) throw Undecodable("its data come before their format");
                BeginData(size, riffSize, offset, size64);
                return;
            }

            var taken = 0;
            if (id == FourCC("fmt "u8))
            {
                if (hasFormat || size > MaxFormatBytes) throw Undecodable(hasFormat ? "it has two format chunks" : $"its format chunk has {size} bytes");
                taken = (int)Math.Min(size, 40);
                Format = WavFormat.Parse((await TakeAsync(taken, cancellationToken)).Span);
                hasFormat = true;
            }
            else if (id == FourCC("ds64"u8) && size >= 28)
            {
                taken = 16;
                size64 = BinaryPrimitives.ReadInt64LittleEndian((await TakeAsync(taken, cancellationToken)).Span[8..]);
            }

            // A chunk of odd length is followed by a pad byte that its size does not count.
            var rest = (long)size - taken + (size & 1);
            await SkipAsync(rest, cancellationToken);
            offset += rest + taken;
        }
    }

    private void BeginData(uint size, uint riffSize, long offset, long? size64)
    {
        DataOffset = offset;
        _promised = size == uint.MaxValue && size64 is > 0 ? size64.Value : WavSizes.IsUnknown(size, riffSize, offset) ? -1 : size;
        _unread = Sized ? _promised : long.MaxValue;
        if (!Sized) return;
        if (Format.Encoding != WavEncoding.Foreign && _promised % Format.BlockAlign != 0)
        {
            throw Undecodable($"its {_promised} bytes of data are no whole number of {Format.BlockAlign}-byte frames");
        }

        var present = _stream.CanSeek ? _stream.Length - _stream.Position + _end - _start : long.MaxValue;
        if (present < _promised) throw Truncated(present);
    }

    private async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _start < count)
        {
            if (!await FillAsync(cancellationToken)) throw Undecodable("it ends inside its header");
        }

        var taken = _buffer.AsMemory(_start, count);
        _start += count;
        return taken;
    }

    private async ValueTask SkipAsync(long count, CancellationToken cancellationToken)
    {
        while (count > _end - _start)
        {
            count -= _end - _start;
            _start = _end = 0;
            if (_stream.CanSeek && count > BufferBytes)
            {
                if (count > _stream.Length - _stream.Position) throw Undecodable("it ends inside its header");
                _stream.Position += count;
                return;
            }

            if (!await FillAsync(cancellationToken)) throw Undecodable("it ends inside its header");
        }

        _start += (int)count;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end, BufferBytes - _end), cancellationToken);
        _end += read;
        return read > 0;
    }

    private static uint FourCC(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt32BigEndian(name);

    private AudioException Truncated(long received) =>
        new(AudioFailure.Undecodable, $"The WAV file is cut off: its header promises {_promised} bytes of audio and {received} are there.");

    private static AudioException Undecodable(string why) => new(AudioFailure.Undecodable, $"The WAV file cannot be read: {why}.");
}

using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VoiceFunctions.Caching;

/// <summary>Puts fields one after the other, each behind its length, so that no two lists of fields come out alike.</summary>
internal ref struct CacheKeyWriter(int capacity) : IDisposable
{
    private const int Absent = -1;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    /// <summary>UTF-16 as it is: in UTF-8 all halves of surrogate pairs would look alike.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            WriteInt32(Absent);
        }
        else
        {
            Add(MemoryMarshal.AsBytes(text.AsSpan()));
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        WriteInt32(bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }

    public void Add(int? number)
    {
        if (number is { } value)
        {
            WriteInt32(sizeof(int));
            WriteInt32(value);
        }
        else
        {
            WriteInt32(Absent);
        }
    }

    public void Add(float? number) => Add(number is { } value ? BitConverter.SingleToInt32Bits(value) : null);

    public void Add(bool flag) => Add(flag ? 1 : 0);

    public readonly SpeechCacheKey ToKey()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.AsSpan(0, _length), hash);
        return new SpeechCacheKey(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var taken = _buffer.AsSpan(_length, count);
        _length += count;
        return taken;
    }
}

using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio;

/// <summary>A complete file in the format asked for, mono at <paramref name="SampleRate"/> hertz.</summary>
public sealed record EncodedAudio(ReadOnlyMemory<byte> Bytes, AudioFormat Format, int SampleRate)
{
    public Stream OpenRead() => OpenRead(Bytes);

    internal static Stream OpenRead(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);

    public string MediaType => AudioFormats.MediaType(Format, SampleRate);
}

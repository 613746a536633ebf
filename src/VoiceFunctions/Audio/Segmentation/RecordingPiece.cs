namespace VoiceFunctions.Audio.Segmentation;

/// <summary>A part of a long recording as a WAV file of its own, 16 kHz mono 16-bit. It can be read, as often as needed, until the splitter goes on.</summary>
internal sealed class RecordingPiece(int number, PieceSpan span, SampleRing samples) : ReadOnlyStream
{
    /// <summary>Counted from 0, in the order of the recording.</summary>
    public int Number => number;

    public PieceSpan Span => span;

    public override long Length { get; } = Wav.HeaderBytes + (span.Length * sizeof(short));

    protected override int ReadAt(Span<byte> buffer, long position)
    {
        if (position >= Length) return 0;
        if (position >= Wav.HeaderBytes)
        {
            var rest = buffer[..(int)Math.Min(buffer.Length, Length - position)];
            return samples.Read(rest, (span.Start * sizeof(short)) + position - Wav.HeaderBytes);
        }

        Span<byte> header = stackalloc byte[Wav.HeaderBytes];
        Wav.WriteHeader(header, SileroVad.SampleRate, Length - Wav.HeaderBytes);
        var part = header[(int)position..];
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        return part.Length;
    }
}

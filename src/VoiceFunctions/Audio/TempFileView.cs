namespace VoiceFunctions.Audio;

/// <summary>A temporary file as a stream. Disposing of the view leaves the file to its owner.</summary>
internal sealed class TempFileView(TempFile file) : ReadOnlyStream
{
    public override long Length => file.Length;

    protected override int ReadAt(Span<byte> buffer, long position) => file.Read(buffer, position);
}

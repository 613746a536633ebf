using VoiceFunctions.Problems;

namespace VoiceFunctions.Transcription;

/// <summary>
/// The content of one part of a form. <see cref="Microsoft.AspNetCore.WebUtilities.MultipartReader"/> reports a form that breaks off as a bare
/// <see cref="IOException"/>; here, where nothing else can fail that way, it becomes the caller's error.
/// </summary>
internal sealed class FormPartStream(Stream part) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await part.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw Broken(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not what derives from <see cref="IOException"/>: a connection that broke is no malformed form.</summary>
    public static bool IsBroken(Exception exception) => exception is InvalidDataException || exception.GetType() == typeof(IOException);

    public static ProblemException Broken(Exception exception) => new(ProblemKind.InvalidRequest, "The form is malformed or cut off.", exception);
}

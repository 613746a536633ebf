using Microsoft.Win32.SafeHandles;

namespace VoiceFunctions.Audio;

/// <summary>A file that ends with its owner. Others may read or overwrite it by its path meanwhile.</summary>
internal sealed class TempFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    public TempFile(string path)
    {
        Path = path;
        _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
    }

    public string Path { get; }

    public long Length => RandomAccess.GetLength(_handle);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long offset, CancellationToken cancellationToken) =>
        RandomAccess.WriteAsync(_handle, bytes, offset, cancellationToken);

    public int Read(Span<byte> target, long offset) => RandomAccess.Read(_handle, target, offset);

    /// <summary>A view with a position of its own, valid for as long as the file.</summary>
    public Stream OpenRead() => new TempFileView(this);

    public void Dispose()
    {
        if (_handle.IsClosed) return;
        _handle.Dispose();
        File.Delete(Path);
    }
}

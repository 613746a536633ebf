using System.Security.Cryptography;
using System.Text;

namespace EmbeddedFunctions.Hosting.Storage;

/// <summary>
/// A locked file with a lease id in it. The operating system takes the lock from a process that dies, in whatever way, so who gets it next knows that the
/// last owner is gone, and can go on with its lease instead of waiting for it to run out. Without the file there is a lease id of this object's own.
/// </summary>
internal sealed class MachineLock(Uri lease) : IDisposable
{
    private FileStream? _file;

    /// <summary>Of the file once it is taken.</summary>
    public string LeaseId { get; private set; } = NewId();

    /// <summary>The file has just been taken, and a lease under its id is that of a dead process. Its user says when that has been tried.</summary>
    public bool MayInherit { get; set; }

    /// <summary>Takes the file, unless it has it already or another process has it.</summary>
    public void Take()
    {
        if (_file is not null)
        {
            return;
        }

        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "functions-leases"));
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lease.AbsoluteUri)));
            _file = new FileStream(Path.Combine(folder.FullName, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            LeaseId = ReadOrWriteId(_file);
            MayInherit = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process has it, or there is no such file here; the lease alone decides then.
            Dispose();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static string ReadOrWriteId(FileStream file)
    {
        var bytes = new byte[NewId().Length];
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && Guid.TryParse(Encoding.ASCII.GetString(bytes), out var id))
        {
            return id.ToString();
        }

        var fresh = NewId();
        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(fresh));
        file.Flush();
        return fresh;
    }

    private static string NewId() => Guid.NewGuid().ToString();
}

using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

/// <summary>
/// A folder that only this user can enter, for audio on its way. Gone when the app ends; what a killed app left goes when the next one begins to use
/// its own.
/// </summary>
internal sealed class TempFiles(IOptions<AudioOptions> options) : IDisposable
{
    private const string Prefix = "voicefunctions-audio-";
    private const string Lock = "lock";

    private readonly Lazy<(string Path, FileStream Lock)> _folder = new(() => Create(options.Value.TempFolder));

    public TempFile Create() => new(Path.Combine(_folder.Value.Path, Guid.NewGuid().ToString("N")));

    /// <summary>A copy that this user can run. It stays until the app ends.</summary>
    public string CopyProgram(string program)
    {
        var copy = Path.Combine(_folder.Value.Path, $"{Guid.NewGuid():N}-{Path.GetFileName(program)}");
        File.Copy(program, copy);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return copy;
    }

    public void Dispose()
    {
        if (!_folder.IsValueCreated) return;
        _folder.Value.Lock.Dispose();
        if (Directory.Exists(_folder.Value.Path)) Directory.Delete(_folder.Value.Path, recursive: true);
    }

    private static (string Path, FileStream Lock) Create(string? configured)
    {
        var parent = string.IsNullOrEmpty(configured) ? Path.GetTempPath() : configured;
        Directory.CreateDirectory(parent);
        foreach (var other in Directory.EnumerateDirectories(parent, Prefix + "*")) DeleteIfAbandoned(other);
        var path = Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return (path, new FileStream(Path.Combine(path, Lock), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>A living app holds its lock. A folder that is refused belongs to one, or to another user.</summary>
    private static void DeleteIfAbandoned(string folder)
    {
        try
        {
            File.Open(Path.Combine(folder, Lock), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}

using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

/// <summary>A folder that only this user can enter, for audio on its way. Gone when the app ends.</summary>
internal sealed class TempFiles(IOptions<AudioOptions> options) : IDisposable
{
    private readonly Lazy<string> _folder = new(() =>
    {
        var parent = options.Value.TempFolder is { Length: > 0 } folder ? folder : Path.GetTempPath();
        Directory.CreateDirectory(parent);
        var path = Path.Combine(parent, $"voicefunctions-audio-{Guid.NewGuid():N}");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    });

    public TempFile Create() => new(Path.Combine(_folder.Value, Guid.NewGuid().ToString("N")));

    public void Dispose()
    {
        if (_folder.IsValueCreated && Directory.Exists(_folder.Value)) Directory.Delete(_folder.Value, recursive: true);
    }
}

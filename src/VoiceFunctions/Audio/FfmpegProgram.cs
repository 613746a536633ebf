using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

/// <summary>
/// Which ffmpeg is run. A package that was zipped on Windows has no execute bits, and Azure mounts a package read-only: a file without the bit is
/// run from a copy that has it.
/// </summary>
internal sealed class FfmpegProgram(IOptions<AudioOptions> options, TempFiles files)
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly Lazy<string> _path = new(() => Find(options.Value.FfmpegPath, files));

    /// <summary>A file, or a name that is looked up on PATH.</summary>
    public string Path => _path.Value;

    private static string Find(string configured, TempFiles files)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(configured) || (File.GetUnixFileMode(configured) & AnyExecute) != UnixFileMode.None) return configured;
        return files.CopyProgram(configured);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VoiceFunctions.Diagnosis;

/// <summary>What the machine has of what <c>./voice</c> and the app need from it.</summary>
internal static class MachineCheck
{
    private const string Area = "machine";
    private const long LittleSpace = 2L * 1024 * 1024 * 1024;
    private const long LittleMemory = 1024 * 1024 * 1024;

    /// <summary>The oldest that Azurite runs on.</summary>
    private const int OldestNode = 20;

    public static async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Finding.Ok(Area, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription.Trim()}, {Environment.ProcessorCount} cores");
        yield return await Tool.AskAsync("dotnet", "--version", cancellationToken) is { } sdk
            ? Finding.Ok(Area, $".NET SDK {sdk}")
            : Finding.Problem(Area, "the .NET SDK that global.json asks for is missing", "https://dotnet.microsoft.com/download");
        yield return Node(await Tool.AskAsync("node", "--version", cancellationToken));
        yield return await Tool.AskAsync("npm", "--version", cancellationToken) is { } npm
            ? Finding.Ok(Area, $"npm {npm}")
            : Finding.Problem(Area, "npm is missing, which Azurite and the models come by", "./voice run installs it on Debian; else https://nodejs.org");
        yield return await Tool.AskAsync("ffmpeg", "-version", cancellationToken) is { } ffmpeg
            ? Finding.Ok(Area, ffmpeg)
            : Finding.Note(Area, "there is no ffmpeg on the PATH: without one only WAV is read, and only WAV and PCM are written", "./voice run installs it on Debian; or name one by Audio__FfmpegPath");
        yield return await Tool.AskAsync("espeak-ng", "--version", cancellationToken) is { } espeak
            ? Finding.Ok(Area, espeak)
            : Finding.Note(Area, "there is no espeak-ng on the PATH: offline, only English is spoken", "./voice run installs it on Debian; or name one by Offline__EspeakPath");
        yield return Memory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        yield return Space(new DriveInfo(Path.GetTempPath()).AvailableFreeSpace);
    }

    private static Finding Node(string? version) =>
        version is null ? Finding.Problem(Area, "Node.js is missing, which Azurite and the installer need", "./voice run installs it on Debian; else https://nodejs.org")
        : Version.TryParse(version.TrimStart('v'), out var parsed) && parsed.Major < OldestNode ? Finding.Problem(Area, $"Node.js {version} is too old for Azurite", $"install {OldestNode} or later: https://nodejs.org")
        : Finding.Ok(Area, $"Node.js {version}");

    private static Finding Memory(long bytes) => bytes < LittleMemory
        ? Finding.Note(Area, $"{bytes / 1_000_000:N0} MB of memory", "offline recognition takes 300 MB of it; long jobs at one time may not fit")
        : Finding.Ok(Area, $"{bytes / 1_000_000:N0} MB of memory");

    private static Finding Space(long bytes) => bytes < LittleSpace
        ? Finding.Note(Area, $"{bytes / 1_000_000:N0} MB free in {Path.GetTempPath()}", "four hours of audio take 460 MB there; make room, or set Audio__TempFolder")
        : Finding.Ok(Area, $"{bytes / 1_000_000:N0} MB free in {Path.GetTempPath()}");
}

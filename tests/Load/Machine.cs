using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Load;

/// <summary>What a figure was measured on. Without it, no figure means anything.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGiB, string System, string Runtime, string Commit, DateTimeOffset MeasuredAt)
{
    public static Machine Describe() => new(
        Line("/proc/cpuinfo", "model name") ?? "unknown",
        Environment.ProcessorCount,
        Math.Round(double.Parse((Line("/proc/meminfo", "MemTotal") ?? "0 kB").Split(' ')[0], CultureInfo.InvariantCulture) / (1024 * 1024), 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        FindCommit(),
        TimeProvider.System.GetUtcNow());

    private static string? Line(string file, string name) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() : null;

    /// <summary>The commit that the working copy stands on, marked where it has been changed since.</summary>
    private static string FindCommit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Repository.Root, "describe", "--always", "--dirty", "--exclude", "*"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
        var commit = git!.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return commit.Length > 0 ? commit : "unknown";
    }
}

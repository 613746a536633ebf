using System.ComponentModel;
using System.Diagnostics;

namespace VoiceCommand;

/// <summary>Plays a file with what the machine has for that.</summary>
internal static class Player
{
    private static readonly (string Program, string[] Arguments)[] Players =
    [
        ("afplay", []), ("paplay", []), ("pw-play", []), ("aplay", ["-q"]), ("ffplay", ["-nodisp", "-autoexit", "-v", "error"]),
    ];

    /// <summary>Whether it was heard, as far as a player can tell.</summary>
    public static async Task<bool> PlayAsync(string path, CancellationToken cancellationToken)
    {
        foreach (var (program, arguments) in Players)
        {
            if (await RunAsync(program, [.. arguments, path], cancellationToken)) return true;
        }

        return false;
    }

    private static async Task<bool> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return false;
        }

        try
        {
            var complaints = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(complaints, process.StandardOutput.ReadToEndAsync(cancellationToken), process.WaitForExitAsync(cancellationToken));
            // ffplay complains that there is no sound device, and yet ends well.
            return process.ExitCode == 0 && (await complaints).Length == 0;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}

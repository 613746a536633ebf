using System.Diagnostics;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Security;

/// <summary>The command <c>keys</c> as it is typed in a terminal.</summary>
internal static class KeyTerminal
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Makes a key.</summary>
    public static async Task<string> CreateKeyAsync(this StorageEmulator storage, string name, params string[] options)
    {
        var (code, output, error) = await RunKeysAsync(storage.ConnectionString, ["create", "--name", name, .. options]);
        Assert.True(code == 0, error);
        return Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public static async Task RevokeKeyAsync(this StorageEmulator storage, string key)
    {
        var (code, _, error) = await RunKeysAsync(storage.ConnectionString, "revoke", IdOf(key));
        Assert.True(code == 0, error);
    }

    public static string IdOf(string key) => key.Split('_')[1];

    public static async Task<(int Code, string Output, string Error)> RunKeysAsync(string storage, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.App, "keys", .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AzureWebJobsStorage"] = storage;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancelled), process.StandardError.ReadToEndAsync(Cancelled));
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, await output, await error);
    }
}

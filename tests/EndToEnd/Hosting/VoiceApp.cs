using System.Diagnostics;
using System.Text.RegularExpressions;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Hosting;

/// <summary>The app as a user runs it: its own process, on a free port, with the offline engines.</summary>
internal sealed partial class VoiceApp : IAsyncDisposable
{
    private VoiceApp(ChildProcess process, Uri address)
    {
        Process = process;
        Client = new HttpClient(Handler()) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(4) };
    }

    public ChildProcess Process { get; }

    public HttpClient Client { get; }

    public static async Task<VoiceApp> StartAsync(StorageEmulator storage, params (string Name, string? Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.App, "--urls", "http://127.0.0.1:0"]);
        start.Environment["AzureWebJobsStorage"] = storage.ConnectionString;
        start.Environment["AzureWebJobs_DropFolderEvent_Disabled"] = "true";
        start.Environment["Security__AllowAnonymous"] = "true";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var (process, ready) = await ChildProcess.StartAsync(start, Listening());
        return new VoiceApp(process, new Uri(ready.Groups["address"].Value));
    }

    /// <summary>A body announced by Expect: 100-continue is sent when the app begins to read it, however long that takes.</summary>
    private static SocketsHttpHandler Handler() => new() { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }

    [GeneratedRegex("Now listening on: (?<address>http://\\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using EmbeddedFunctions.Tests.Storage;
using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Processes;

/// <summary>tests/ProcessApp, in a process of its own that a test may kill.</summary>
internal sealed partial class RunningProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private RunningProcess(ChildProcess process) => _process = process;

    public IReadOnlyCollection<string> Log => _process.Log;

    /// <summary>Time of a processor that it has used since it began.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(_process.Id);
            return process.TotalProcessorTime;
        }
    }

    public long ResidentMemory => _process.ResidentMemory;

    public long PeakMemory => _process.PeakMemory;

    public static async Task<RunningProcess> StartAsync(StorageAccount account, string hostId, params (string Name, string Value)[] settings)
    {
        var folder = AppContext.BaseDirectory;
        var app = Path.Combine(folder, "..", "..", "ProcessApp", Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), "ProcessApp.dll");
        var start = new ProcessStartInfo("dotnet", [app, "--urls", "http://127.0.0.1:0"]);
        start.Environment["AzureWebJobsStorage"] = account.ConnectionString;
        start.Environment["AzureFunctionsWebHost__hostid"] = hostId;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var (process, _) = await ChildProcess.StartAsync(start, Listening());
        return new RunningProcess(process);
    }

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex("Now listening on: ")]
    private static partial Regex Listening();
}

using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Durability.Processes;

/// <summary>DurableApp in a process of its own, on a free port.</summary>
internal sealed partial class DurableProcess : IAsyncDisposable
{
    /// <summary>What a process that does nothing may take of a core.</summary>
    public const double NoLoad = 0.01;

    private readonly HttpClient _client;

    private DurableProcess(ChildProcess process, Uri address)
    {
        Process = process;
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };
    }

    public ChildProcess Process { get; }

    private static string App =>
        Path.Combine(AppContext.BaseDirectory, "..", "..", "DurableApp", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "DurableApp.dll");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<DurableProcess> StartAsync(StorageEmulator storage, EffectsLog effects)
    {
        var start = new ProcessStartInfo("dotnet", [App, "--urls", "http://127.0.0.1:0"]);
        start.Environment["AzureWebJobsStorage"] = storage.ConnectionString;
        start.Environment["Effects"] = effects.Folder;
        var (process, ready) = await ChildProcess.StartAsync(start, Listening());
        return new DurableProcess(process, new Uri(ready.Groups["address"].Value));
    }

    /// <summary>Starts instances <c>prefix-0</c>, <c>prefix-1</c> and so on.</summary>
    public async Task StartInstancesAsync(string orchestrator, string prefix, int count)
    {
        using var response = await _client.PostAsync($"/api/start/{orchestrator}/{prefix}/{count}", null, Cancelled);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}\n{string.Join('\n', Process.Log)}");
    }

    /// <summary>Waits for the ends of instances, and gives their outputs.</summary>
    public async Task<string[]> OutputsAsync(string prefix, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(number => _client.GetStringAsync($"/api/wait/{prefix}-{number}", Cancelled)));

    public async Task<Dictionary<string, int>> CountAsync() => (await _client.GetFromJsonAsync<Dictionary<string, int>>("/api/count", Cancelled))!;

    /// <summary>
    /// What the process takes of a core when it has nothing to do, over a time in which everything that it does now and then comes up. What it has just done
    /// goes on for a while, such as compiling its code anew, and longer on a busy machine: so of several such times the least counts.
    /// </summary>
    public async Task<double> IdleLoadAsync()
    {
        var least = double.MaxValue;
        for (var window = 0; window < 6 && least > NoLoad; window++)
        {
            var (watch, cpu) = (Stopwatch.StartNew(), Process.CpuTime);
            await Task.Delay(TimeSpan.FromSeconds(10), Cancelled);
            least = Math.Min(least, (Process.CpuTime - cpu) / watch.Elapsed);
        }

        return least;
    }

    public Task KillAsync() => Process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Process.DisposeAsync();
    }

    [GeneratedRegex("Now listening on: (?<address>http://\\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}

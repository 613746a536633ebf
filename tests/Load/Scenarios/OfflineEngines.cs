using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Providers;
using VoiceFunctions.Load.Reporting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>The engines that need no key, doing real work.</summary>
internal sealed class OfflineEngines : IScenario
{
    private const double MiB = 1024 * 1024;
    private const double KennedySeconds = 11;

    public string Name => "offline";

    public string Question => "What do the offline engines do on this machine, one call at a time and four?";

    public async Task RunAsync(RunOptions options, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync(
            new LatencyModel(TimeSpan.Zero, spread: 0, seed: 8), null, ("OpenAI__ApiKey", null), ("AzureSpeech__Key", null), ("OpenAI__Endpoint", null), ("AzureSpeech__Endpoint", null));
        var recording = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tools", "recordings", "jfk.wav"), cancellationToken);
        var calls = options.Short ? 4 : 20;
        foreach (var users in new[] { 1, 4 })
        {
            progress.Report($"speech, {users} at a time");
            var spoken = await VirtualUsers.RunAsync(
                users, calls, (user, number, token) => bench.Caller.SpeakAsync($"Caller {user} of {users} asks for sentence number {number}, and hears it spoken by the machine on the desk.", "wav", token), cancellationToken);
            Tell("speech", users, spoken);
            progress.Report($"recognition, {users} at a time");
            var heard = await VirtualUsers.RunAsync(users, calls, (_, _, token) => bench.Caller.TranscribeAsync(recording, token), cancellationToken);
            Tell("recognition", users, heard);
            report.Add($"recognition.{users}.realTime", heard.Requests * KennedySeconds / heard.Elapsed.TotalSeconds, "x", $"seconds of audio recognised in a second, {users} at a time");
        }

        report.Add("peakMemory", bench.Process.PeakMemory / MiB, "MiB", "resident at the most, models loaded");

        void Tell(string what, int users, LoadResult result)
        {
            report.Add($"{what}.{users}.failed", result.Requests - result.Succeeded, "requests", $"of {result.Requests}, {users} at a time");
            report.Add($"{what}.{users}.perSecond", result.Requests / result.Elapsed.TotalSeconds, "1/s", $"{what}, {users} at a time");
            report.Add($"{what}.{users}.p50", result.Latencies().P50 * 1000, "ms", $"p99 {result.Latencies().P99 * 1000:0} ms");
        }
    }
}

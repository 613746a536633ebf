using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Providers;
using VoiceFunctions.Load.Reporting;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>The table that the project grew out of: users who each say something new to a provider that takes about 1.85 s.</summary>
internal sealed class Seed : IScenario
{
    private const double MiB = 1024 * 1024;
    private static readonly TimeSpan ProviderMean = TimeSpan.FromSeconds(1.85);
    private static readonly TimeSpan ShortProviderMean = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortIdle = TimeSpan.FromSeconds(1);
    private static readonly (int Users, int Requests)[] Levels = [(5, 10), (10, 8), (25, 6), (50, 4), (100, 5), (250, 4), (500, 3), (1000, 3)];

    public string Name => "seed";

    public string Question => "Does every caller get an answer, and what does the gateway add to the provider's own time, from 5 to 1000 users at once, nothing being stored?";

    public async Task RunAsync(RunOptions options, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var mean = options.Short ? ShortProviderMean : ProviderMean;
        await using var bench = await Bench.StartAsync(new LatencyModel(mean, spread: 0.2, seed: 1));
        progress.Report("idle");
        // Storage is prepared and hot code compiled anew behind the start: a process is idle when that has ended.
        await Task.Delay(options.Short ? ShortIdle : Idle, cancellationToken);
        report.Add("idleMemory", bench.Process.ResidentMemory / MiB, "MiB", "resident some seconds after the start, before the first request");
        report.Add("idleFiles", bench.Process.ResidentFiles / MiB, "MiB", "of which pages of files, above all of the framework");
        // The first request of a process pays for just-in-time compilation; cold has a scenario of its own.
        await bench.Caller.SpeakAsync("One sentence before it counts.", "wav", cancellationToken);
        long requests = 1;
        foreach (var (users, each) in options.Short ? Levels[..5] : Levels)
        {
            progress.Report($"{users} users, {each} requests each");
            var level = await Level.RunAsync(
                bench, users, each, (user, number, token) => bench.Caller.SpeakAsync($"User {user} of {users} says sentence number {number}.", "wav", token), mean, cancellationToken);
            report.Levels.Add(level);
            report.Agree($"answers at {users} users and calls that reached the provider", level.Requests, level.ProviderCalls);
            requests += level.Requests;
        }

        progress.Report("25 users, MP3");
        // All of one length, and one beforehand: the provider makes its sound for the first and keeps it for the others.
        await bench.Caller.SpeakAsync("User -1 asks for MP3, number 0.", "mp3", cancellationToken);
        var mp3 = await Level.RunAsync(
            bench, 25, 4, (user, number, token) => bench.Caller.SpeakAsync($"User {user:00} asks for MP3, number {number}.", "mp3", token), mean, cancellationToken);
        requests += mp3.Requests + 1;
        report.Add("mp3.failed", mp3.Requests - mp3.Succeeded, "requests", "of 25 users who ask for MP3, which has to be decoded to be looked at");
        report.Add("mp3.meanRatio", mp3.MeanRatio, "of 1", "their mean over the provider's own");
        report.Add("mp3.processor", mp3.Processor * 1000 / mp3.Requests, "ms", "processor time of the app for each of them, without that of ffmpeg");
        var wav = report.Levels.Single(level => level.Users == 25);
        report.Add("wav.processor", wav.Processor * 1000 / wav.Requests, "ms", "the same for WAV");

        var usage = await UsageTotals.ReadAsync(bench.Caller.Client, cancellationToken);
        report.Agree("requests sent and requests in the usage report", requests, usage.Requests);
        report.Agree("answers out of the cache and hits in the usage report", report.Levels.Sum(level => level.Hits), usage.Hits + usage.Shared);
        report.Add("memoryAfter", bench.Process.ResidentMemory / MiB, "MiB", "resident after the last request");
    }
}

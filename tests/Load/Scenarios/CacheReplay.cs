using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Peers;
using VoiceFunctions.Load.Providers;
using VoiceFunctions.Load.Reporting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>Callers who repeat themselves: phrases of which the n-th is asked for 1/n as often as the first.</summary>
internal sealed class CacheReplay : IScenario
{
    private const int Users = 16;
    private const int HitRequests = 2_000;
    private const int Rounds = 5;
    private static readonly TimeSpan ProviderTime = TimeSpan.FromMilliseconds(20);

    public string Name => "cache";

    public string Question => "Is every phrase paid for exactly once, and how fast is what is stored, against nginx as a caching proxy before the same provider?";

    public async Task RunAsync(RunOptions options, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync(new LatencyModel(ProviderTime, spread: 0, seed: 2));
        var phrases = Zipf.Draw(options.Short ? 2_000 : 10_000, options.Short ? 400 : 2_500, seed: 4);
        var distinct = phrases.Distinct(StringComparer.Ordinal).Count();
        progress.Report($"{phrases.Length} requests of {distinct} phrases");
        var level = await Level.RunAsync(
            bench, Users, phrases.Length / Users, (user, number, token) => bench.Caller.SpeakAsync(phrases[(number * Users) + user], "wav", token), ProviderTime, cancellationToken);
        report.Levels.Add(level);
        var usage = await UsageTotals.ReadAsync(bench.Caller.Client, cancellationToken);
        report.Add("ideal", 1 - ((double)distinct / phrases.Length), "of 1", "hit ratio that the stream allows");
        report.Add("hitRatio", (double)level.Hits / level.Requests, "of 1", "hit ratio by the answers' own account");
        report.Add("missed", phrases.Length - distinct - level.Hits, "requests", "hits fewer than the ideal");
        report.Add("rebought", level.ProviderCalls - distinct, "calls", "phrases bought again: out of memory, and storage slower than a look-up may take");
        report.Agree("answers that were made and calls that reached the provider", level.Requests - level.Hits, level.ProviderCalls);
        report.Agree("hits by the answers and by the usage report", level.Hits, usage.Hits + usage.Shared);

        var body = """{"text":"A sentence that everybody asks for.","format":"wav"}""";
        await bench.Caller.SpeakAsync("A sentence that everybody asks for.", "wav", cancellationToken);
        await MeasureOneAfterTheOtherAsync(bench, report, progress, cancellationToken);
        await using var nginx = await Nginx.StartAsync(bench.Provider, bench.ProviderKey);
        var ours = new HttpLoad(bench.Process, bench.Address, body);
        var theirs = new HttpLoad(null, nginx.Address, """{"model":"tts-1","voice":"alloy","input":"A sentence that everybody asks for.","response_format":"wav"}""", "/v1/audio/speech");
        await theirs.RunAsync(TimeSpan.FromSeconds(0.5));
        var calls = bench.First.Calls;
        var rounds = new List<(double Ours, double Theirs)>();
        for (var round = 0; round < (options.Short ? 1 : Rounds); round++)
        {
            progress.Report($"hits, round {round + 1} of {Rounds}");
            var time = TimeSpan.FromSeconds(options.Short ? 1 : 4);
            rounds.Add(((await ours.RunAsync(time)).Rate, (await theirs.RunAsync(time)).Rate));
        }

        report.Agree("calls that reached the provider while only stored results were asked for, and none", bench.First.Calls - calls, 0);
        report.Add("hitsPerSecond", rounds.Select(round => round.Ours).Median(), "1/s", "memory hits over HTTP, 16 connections, median of the rounds");
        report.Add("nginxHitsPerSecond", rounds.Select(round => round.Theirs).Median(), "1/s", "the same bytes out of nginx's cache");
        report.Add("nginxRatio", rounds.Select(round => round.Ours / round.Theirs).Median(), "of 1", "share of nginx's throughput, median of the rounds");
    }

    private static async Task MeasureOneAfterTheOtherAsync(Bench bench, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report("hits, one after the other");
        var hits = await VirtualUsers.RunAsync(
            1, HitRequests, (_, _, token) => bench.Caller.SpeakAsync("A sentence that everybody asks for.", "wav", token), cancellationToken);
        report.Add("hitP50", hits.Latencies().P50 * 1000, "ms", "a memory hit over loopback, one caller, median");
        report.Add("hitP99", hits.Latencies().P99 * 1000, "ms", "the same, 99th percentile");
    }
}

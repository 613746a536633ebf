using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Providers;
using VoiceFunctions.Load.Reporting;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>Long texts beside short calls, at a provider that takes no more than 16 calls at a time from either.</summary>
internal sealed class LongJobs : IScenario
{
    private const int Users = 4;
    private const int Jobs = 3;
    private const string ShortCall = "Short call";
    private static readonly TimeSpan ProviderTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public string Name => "long";

    public string Question => "What do short calls lose while long jobs keep the same provider busy, and is any chunk of a job bought twice?";

    public async Task RunAsync(RunOptions options, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync(new LatencyModel(ProviderTime, spread: 0.2, seed: 9), null, ("OpenAI__Concurrency", "16"), ("AzureSpeech__Key", null), ("AzureSpeech__Endpoint", null));
        long number = 0;
        Task<Answer> ShortCallAsync(CancellationToken token) => bench.Caller.SpeakAsync($"{ShortCall} {Interlocked.Increment(ref number)}.", "wav", token);
        await ShortCallAsync(cancellationToken);

        progress.Report("short calls alone");
        var end = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(options.Short ? 2 : 15);
        var alone = await VirtualUsers.UntilAsync(Users, () => TimeProvider.System.GetUtcNow() >= end, ShortCallAsync, cancellationToken);

        progress.Report($"short calls and {Jobs} jobs");
        var begin = TimeProvider.System.GetTimestamp();
        var jobs = Task.WhenAll(Enumerable.Range(0, Jobs).Select(job => MakeAsync(bench, job, options.Short ? 20_000 : 400_000, cancellationToken)));
        var beside = await VirtualUsers.UntilAsync(Users, () => jobs.IsCompleted, ShortCallAsync, cancellationToken);
        var made = await jobs;
        var elapsed = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        var bought = bench.First.Texts().Where(text => !text.StartsWith(ShortCall, StringComparison.Ordinal)).ToArray();
        var chunks = bought.Distinct(StringComparer.Ordinal).Count();

        report.Add("jobs.failed", made.Count(status => status != "succeeded"), "jobs", $"of {Jobs}: {string.Join(", ", made)}");
        report.Add("jobs.chunks", chunks, "chunks", "of all jobs");
        report.Add("jobs.rebought", bought.Length - chunks, "calls", "calls for chunks beyond one for each");
        report.Add("jobs.seconds", elapsed, "s", $"until all were done; their chunks take the provider {chunks * ProviderTime.TotalSeconds:0} s one after the other");
        report.Add("jobs.speedUp", chunks * bench.First.Mean / elapsed, "x", "the one over the other");
        report.Add("short.failed", alone.Requests - alone.Succeeded + beside.Requests - beside.Succeeded, "requests", $"of {alone.Requests + beside.Requests} short calls");
        report.Add("short.alone", alone.Latencies().Mean * 1000, "ms", $"mean of short calls without jobs, p99 {alone.Latencies().P99 * 1000:0} ms");
        report.Add("short.beside", beside.Latencies().Mean * 1000, "ms", $"mean beside the jobs, p99 {beside.Latencies().P99 * 1000:0} ms");
        report.Add("short.ratio", beside.Latencies().Mean / alone.Latencies().Mean, "of 1", "the one over the other");
    }

    private static async Task<string> MakeAsync(Bench bench, int number, int characters, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        for (var sentence = 0; text.Length < characters; sentence++)
        {
            text.Append($"This is sentence number {sentence} of job number {number}, and it says nothing that any other one says. ");
        }

        using var accepted = await bench.Caller.Client.PostAsJsonAsync("/api/tts/jobs", new { text = $"{text}", format = "wav" }, cancellationToken);
        accepted.EnsureSuccessStatusCode();
        var status = (string)(await accepted.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["statusUrl"]!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var job = (await bench.Caller.Client.GetFromJsonAsync<JsonNode>(status, patience.Token))!;
            if ((string)job["status"]! is not ("pending" or "running") and var ended)
            {
                return ended == "succeeded" ? ended : $"{ended} ({job["error"]?["detail"]})";
            }

            await Task.Delay(Poll, patience.Token);
        }
    }
}

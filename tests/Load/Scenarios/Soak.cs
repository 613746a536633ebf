using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Providers;
using VoiceFunctions.Load.Reporting;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>A steady load for a long time, half of it new and half of it said before.</summary>
internal sealed class Soak : IScenario
{
    private const double MiB = 1024 * 1024;
    private const double PerSecond = 40;

    /// <summary>Small enough to be full within the first minute: from then on what comes in has to push something out.</summary>
    private const int MemoryBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan ProviderTime = TimeSpan.FromMilliseconds(200);

    public string Name => "soak";

    public string Question => "Does memory or the number of handles grow under a load that does not?";

    public async Task RunAsync(RunOptions options, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var duration = options.Short ? TimeSpan.FromSeconds(10) : options.Soak;
        var warm = options.Short ? TimeSpan.FromSeconds(3) : TimeSpan.FromMinutes(1);
        await using var bench = await Bench.StartAsync(new LatencyModel(ProviderTime, spread: 0.2, seed: 7), null, ("Cache__MemoryBytes", $"{MemoryBytes}"));
        await using var sampler = new ProcessSampler(bench.Process, TimeSpan.FromSeconds(options.Short ? 0.2 : 1));
        await using var gc = new GcWatch(bench.Process.Id);
        progress.Report($"{PerSecond} requests a second for {duration.TotalMinutes:0.#} minutes");
        var result = await VirtualUsers.PaceAsync(
            PerSecond, duration, (number, token) => bench.Caller.SpeakAsync($"Sentence number {(number % 2 == 0 ? number : number / 20)} of a long day.", "wav", token), cancellationToken);
        var samples = await sampler.StopAsync();
        var full = gc.Collections.Where(collection => collection.Generation == 2).ToArray();

        report.Add("requests", result.Requests, "requests", $"{PerSecond} a second, from when each was due");
        report.Add("failed", result.Requests - result.Succeeded, "requests", string.Join(", ", result.Outcomes.Select(outcome => $"{outcome.Value} {outcome.Key}")));
        report.Add("p50", result.Latencies().P50 * 1000, "ms", "from when a request was due, so that a stall counts for all that it held up");
        report.Add("p99", result.Latencies().P99 * 1000, "ms", "the same, 99th percentile");
        report.Add("fullCollections", full.Length, "collections", "of the second generation");
        if (full.Length > 1)
        {
            var first = full.LastOrDefault(collection => collection.At <= warm, full[0]);
            report.Add("heapFirst", first.Bytes / MiB, "MiB", $"left after the last full collection of the first minute, or the first of all ({first.At.TotalSeconds:0} s)");
            report.Add("heapLast", full[^1].Bytes / MiB, "MiB", $"left after the last full collection ({full[^1].At.TotalSeconds:0} s)");
            report.Add("heapGrowth", ((double)full[^1].Bytes / first.Bytes) - 1, "of 1", "the one over the other");
        }

        var settled = samples.Where(sample => sample.At >= warm).ToArray();
        var tenth = Math.Max(1, settled.Length / 10);
        report.Add("memoryAfterWarm", settled.Take(tenth).Average(sample => sample.Memory) / MiB, "MiB", "resident, mean of the first tenth after the first minute");
        report.Add("memoryAtEnd", settled.TakeLast(tenth).Average(sample => sample.Memory) / MiB, "MiB", "resident, mean of the last tenth");
        report.Add("handlesAfterWarm", settled.Take(tenth).Max(sample => sample.Handles), "handles", "files and sockets, most in the first tenth after the first minute");
        report.Add("handlesAtEnd", settled.TakeLast(tenth).Max(sample => sample.Handles), "handles", "most in the last tenth");
        report.Add("handleGrowth", settled.TakeLast(tenth).Max(sample => sample.Handles) - settled.Take(tenth).Max(sample => sample.Handles), "handles", "the one over the other");
        report.Curves.Add(new Curve("Resident memory", "MiB", [.. samples.Select(sample => sample.At.TotalSeconds)], [.. samples.Select(sample => sample.Memory / MiB)]));
        var usage = await UsageTotals.ReadAsync(bench.Caller.Client, cancellationToken);
        report.Agree("hits by the answers and by the usage report", result.Cache.GetValueOrDefault("hit") + result.Cache.GetValueOrDefault("shared"), usage.Hits + usage.Shared);
        report.Agree("answers that were made and calls that reached the provider", result.Requests - result.Cache.GetValueOrDefault("hit") - result.Cache.GetValueOrDefault("shared"), bench.First.Calls);
    }
}

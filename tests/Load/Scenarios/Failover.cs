using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Providers;
using VoiceFunctions.Load.Reporting;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>The first provider dies, comes back, flaps and throttles, while the second is well.</summary>
internal sealed class Failover : IScenario
{
    private const int Users = 20;
    private static readonly TimeSpan ProviderTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public string Name => "failover";

    public string Question => "Does any caller notice when a provider dies, recovers, flaps or throttles, as long as another one is well?";

    public async Task RunAsync(RunOptions options, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var breakDuration = TimeSpan.FromSeconds(options.Short ? 1 : 15);
        var phase = TimeSpan.FromSeconds(options.Short ? 1.5 : 10);
        await using var bench = await Bench.StartAsync(
            new LatencyModel(ProviderTime, spread: 0.2, seed: 5),
            new LatencyModel(ProviderTime, spread: 0.2, seed: 6),
            ("Resilience__BreakDuration", $"{breakDuration:c}"));
        long number = 0;
        await bench.Caller.SpeakAsync("One sentence before it counts.", "wav", cancellationToken);

        var healthy = await UnderAsync(ProviderHealth.Healthy, phase);
        var (dead, opened) = await MeasuredUnderAsync(ProviderHealth.Dead, phase, circuit => circuit != "closed");
        var (recovered, closed) = await MeasuredUnderAsync(ProviderHealth.Healthy, breakDuration + phase, circuit => circuit == "closed");
        var flapping = await UnderAsync(ProviderHealth.Flapping, phase);
        var throttling = await UnderAsync(ProviderHealth.Throttling, phase);
        report.Add("timeToOpen", opened, "s", "from the death of the first provider until its circuit opens");
        report.Add("timeToRecover", closed, "s", $"from its return until its circuit closes; a circuit stays open for {breakDuration.TotalSeconds:0} s");
        report.Add("failed", new[] { healthy, dead, recovered, flapping, throttling }.Sum(result => result.Requests - result.Succeeded), "requests", "callers who got no speech, in all phases");

        async Task<LoadResult> UnderAsync(ProviderHealth health, TimeSpan duration)
        {
            progress.Report($"{health}, {duration.TotalSeconds:0.#} s");
            bench.First.Health = health;
            bench.Second.Forget();
            bench.First.Forget();
            var before = bench.First.Calls;
            var end = TimeProvider.System.GetUtcNow() + duration;
            var result = await VirtualUsers.UntilAsync(
                Users,
                () => TimeProvider.System.GetUtcNow() >= end,
                token => bench.Caller.SpeakAsync($"Sentence {Interlocked.Increment(ref number)} of many.", "wav", token),
                cancellationToken);
            var name = report.Figures.Any(figure => figure.Name == "healthy.requests") && health == ProviderHealth.Healthy ? "recovered" : health.ToString().ToLowerInvariant();
            report.Add($"{name}.requests", result.Requests, "requests", $"while the first provider is {name}");
            report.Add($"{name}.failed", result.Requests - result.Succeeded, "requests", string.Join(", ", result.Outcomes.Select(outcome => $"{outcome.Value} {outcome.Key}")));
            report.Add($"{name}.mean", result.Latencies().Mean * 1000, "ms", $"p99 {result.Latencies().P99 * 1000:0} ms, max {result.Latencies().Max * 1000:0} ms");
            report.Add($"{name}.wasted", bench.First.Calls - before - bench.First.Answered, "calls", "calls that the first provider failed");
            return result;
        }

        async Task<(LoadResult Result, double Seconds)> MeasuredUnderAsync(ProviderHealth health, TimeSpan duration, Func<string, bool> reached)
        {
            var running = UnderAsync(health, duration);
            var start = TimeProvider.System.GetTimestamp();
            var seconds = double.NaN;
            while (double.IsNaN(seconds) && !running.IsCompleted)
            {
                if (reached(await CircuitAsync(bench, cancellationToken)))
                {
                    seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                }

                await Task.Delay(Poll, cancellationToken);
            }

            return (await running, seconds);
        }
    }

    private static async Task<string> CircuitAsync(Bench bench, CancellationToken cancellationToken)
    {
        var directory = await bench.Caller.Client.GetFromJsonAsync<JsonNode>("/api/providers", cancellationToken);
        var provider = directory!["providers"]!.AsArray().Single(provider => (string?)provider!["name"] == "openai");
        return (string)provider!["synthesis"]!["circuit"]!;
    }
}

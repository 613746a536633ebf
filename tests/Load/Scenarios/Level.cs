using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Reporting;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>Users at a bench, and everything that is told of them.</summary>
internal static class Level
{
    private const double MiB = 1024 * 1024;

    /// <summary>Lets users call, watches the app meanwhile, and holds what the app says of itself against what the providers say.</summary>
    public static async Task<LevelReport> RunAsync(
        Bench bench, int users, int requests, Func<int, int, CancellationToken, Task<Answer>> send, TimeSpan pace, CancellationToken cancellationToken)
    {
        bench.First.Forget();
        bench.Second.Forget();
        var (callsBefore, processorBefore) = (bench.First.Calls + bench.Second.Calls, bench.Process.CpuTime);
        await using var sampler = new ProcessSampler(bench.Process);
        var result = await VirtualUsers.RunAsync(users, requests, send, cancellationToken);
        var samples = await sampler.StopAsync();
        return new LevelReport
        {
            Users = users,
            Requests = result.Requests,
            Succeeded = result.Succeeded,
            Outcomes = result.Outcomes,
            Elapsed = result.Elapsed.TotalSeconds,
            Latencies = result.Latencies(),
            Corrected = result.Corrected(pace),
            ProviderCalls = bench.First.Calls + bench.Second.Calls - callsBefore,
            ProviderMean = bench.First.Mean,
            Hits = result.Cache.GetValueOrDefault("hit") + result.Cache.GetValueOrDefault("shared"),
            Processor = (bench.Process.CpuTime - processorBefore).TotalSeconds,
            PeakMemory = samples.Max(sample => sample.Memory) / MiB,
        };
    }
}

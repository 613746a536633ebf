using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Providers;
using VoiceFunctions.Load.Reporting;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>How long nobody is served after a start.</summary>
internal sealed class Cold : IScenario
{
    private const double MiB = 1024 * 1024;

    public string Name => "cold";

    public string Question => "How long does a process take from its start to its first answer, to the first speech and to the second?";

    public async Task RunAsync(RunOptions options, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync(new LatencyModel(TimeSpan.FromMilliseconds(1), spread: 0, seed: 3));
        var starts = options.Short ? 3 : 9;
        var (first, speech, second, memory) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var number = 0; number < starts; number++)
        {
            progress.Report($"start {number + 1} of {starts}");
            await bench.StopAppAsync();
            var begin = TimeProvider.System.GetTimestamp();
            await bench.StartAppAsync();
            using (var health = await bench.Caller.Client.GetAsync(new Uri("/api/health", UriKind.Relative), cancellationToken))
            {
                health.EnsureSuccessStatusCode();
            }

            first.Add(Since(begin));
            memory.Add(bench.Process.ResidentMemory / MiB);
            await SpeakAsync($"The first sentence of start {number}.");
            speech.Add(Since(begin));
            var again = TimeProvider.System.GetTimestamp();
            await SpeakAsync($"The second sentence of start {number}.");
            second.Add(Since(again) * 1000);
        }

        report.Add("firstAnswer", first.Median(), "s", "from the start of the process to the first answer of any kind, median");
        report.Add("firstSpeech", speech.Median(), "s", "from the start of the process to the first speech of a provider that takes a millisecond, median");
        report.Add("secondSpeech", second.Median(), "ms", "the next call, median");
        report.Add("memory", memory.Median(), "MiB", "resident after the first answer, median");

        async Task SpeakAsync(string text)
        {
            var answer = await bench.Caller.SpeakAsync(text, "wav", cancellationToken);
            if (answer.Outcome != Answer.Ok)
            {
                report.Contradictions.Add($"a first call ended with {answer.Outcome}");
            }
        }
    }

    private static double Since(long begin) => TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
}

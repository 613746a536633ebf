using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Peers;
using VoiceFunctions.Load.Providers;
using VoiceFunctions.Load.Reporting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>Calls that have to go to a provider, which answers at once, so that all the time is the gateway's.</summary>
internal sealed class PassThrough : IScenario
{
    private const int Rounds = 5;
    private const string Text = "A sentence that goes to the provider each time.";
    private const string ToProvider = $$"""{"model":"tts-1","voice":"alloy","input":"{{Text}}","response_format":"wav"}""";

    public string Name => "pass";

    public string Question => "What does the gateway add to a call that nothing is stored of, against nginx, which only passes it on and looks at nothing?";

    public async Task RunAsync(RunOptions options, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync(new LatencyModel(TimeSpan.Zero, spread: 0, seed: 10));
        await using var nginx = await Nginx.StartAsync(bench.Provider, bench.ProviderKey);
        var ours = new HttpLoad(bench.Process, bench.Address, $$"""{"text":"{{Text}}","format":"wav","cache":"bypass"}""");
        var theirs = new HttpLoad(null, nginx.Address, ToProvider, $"{Nginx.PassPath}/v1/audio/speech");
        var (round, single) = options.Short ? (TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5)) : (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3));
        await ours.RunAsync(round);
        await theirs.RunAsync(round);

        var calls = bench.First.Calls;
        var rounds = new List<(double Ours, double Theirs, double Microseconds)>();
        long sent = 0;
        for (var number = 0; number < (options.Short ? 1 : Rounds); number++)
        {
            progress.Report($"round {number + 1} of {Rounds}");
            var (mine, microseconds, answers) = await ours.RunAsync(round);
            var (other, _, passed) = await theirs.RunAsync(round);
            rounds.Add((mine, other, microseconds));
            sent += answers + passed;
        }

        report.Agree("calls sent through both and calls that reached the provider", sent, bench.First.Calls - calls);
        report.Add("perSecond", rounds.Select(measured => measured.Ours).Median(), "1/s", "16 connections, median of the rounds");
        report.Add("nginxPerSecond", rounds.Select(measured => measured.Theirs).Median(), "1/s", "the same through nginx");
        report.Add("nginxRatio", rounds.Select(measured => measured.Ours / measured.Theirs).Median(), "of 1", "share of nginx's throughput, median of the rounds; the provider has its part in both");
        report.Add("processor", rounds.Select(measured => measured.Microseconds).Median(), "µs", "processor time of the app for each");

        progress.Report("one after the other");
        var (one, _, _) = await ours.RunAsync(single, connections: 1);
        var (passedOn, _, _) = await theirs.RunAsync(single, connections: 1);
        report.Add("each", 1000 / one, "ms", "one after the other, mean");
        report.Add("nginxEach", 1000 / passedOn, "ms", "the same through nginx");
        report.Add("added", (1000 / one) - (1000 / passedOn), "ms", "the one less the other");
    }
}

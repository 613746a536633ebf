using System.Text.Json;
using Spectre.Console;
using VoiceFunctions.Load.Claims;
using VoiceFunctions.Load.Reporting;
using VoiceFunctions.Load.Scenarios;

namespace VoiceFunctions.Load;

/// <summary>Runs the scenarios one after the other, writes the report and says whether what is claimed was met.</summary>
internal sealed class Run(RunOptions options)
{
    /// <summary>0 when every claim that binds the run was met and nothing contradicts itself, else 1.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var reports = new List<ScenarioReport>();
        foreach (var scenario in Catalog.All.Where(scenario => options.Scenarios.Contains(scenario.Name, StringComparer.Ordinal)))
        {
            var report = new ScenarioReport(scenario.Name, scenario.Question);
            await AnsiConsole.Status().StartAsync(
                scenario.Name,
                status => scenario.RunAsync(options, report, new Progress<string>(what => status.Status($"{scenario.Name}: {Markup.Escape(what)}")), cancellationToken));
            reports.Add(report);
            Print(report);
        }

        var run = new RunReport(Machine.Describe(), options.Short, reports, await ClaimFile.JudgeAsync(reports, options.Short, cancellationToken));
        await SaveAsync(run, cancellationToken);
        Print(run);
        return run.Fails ? 1 : 0;
    }

    private async Task SaveAsync(RunReport run, CancellationToken cancellationToken)
    {
        options.Report.Create();
        var page = MarkdownReport.Write(run) + string.Concat(Plots.Draw(run, options.Report).Select(file => $"\n![{Path.GetFileNameWithoutExtension(file)}]({file})\n"));
        await File.WriteAllTextAsync(Path.Combine(options.Report.FullName, "report.md"), page, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(options.Report.FullName, "report.json"), JsonSerializer.Serialize(run, LoadJson.Default.RunReport) + "\n", cancellationToken);
    }

    private static void Print(ScenarioReport report)
    {
        foreach (var level in report.Levels)
        {
            Console.WriteLine(
                $"{report.Name}: {level.Users} users: {level.SuccessRate * 100:0.##} % of {level.Requests}, {level.PerSecond:0.#}/s, mean {level.Latencies.Mean:0.000} s ({level.MeanRatio:0.000} x the provider), "
                + $"p99 {level.Latencies.P99:0.000} s, {level.ProviderCalls} calls, {level.Hits} hits, peak {level.PeakMemory:0} MiB");
        }

        foreach (var figure in report.Figures)
        {
            Console.WriteLine($"{report.Name}: {figure.Name} {figure.Value:0.###} {figure.Unit} ({figure.Meaning})");
        }
    }

    private void Print(RunReport run)
    {
        foreach (var verdict in run.Claims.Where(verdict => !verdict.Met))
        {
            Console.WriteLine($"{(verdict.Binding ? "NOT MET" : "not met")}: {verdict.Claim.Metric} {verdict.Claim.Is} {verdict.Claim.Bound}, measured {(verdict.Value is { } value ? $"{value:0.###}" : "nothing")}");
        }

        foreach (var contradiction in run.Contradictions)
        {
            Console.WriteLine($"CONTRADICTION: {contradiction}");
        }

        Console.WriteLine($"{run.Claims.Count(verdict => verdict.Met)} of {run.Claims.Count} claims met. Report: {Path.Combine(options.Report.FullName, "report.md")}");
    }
}

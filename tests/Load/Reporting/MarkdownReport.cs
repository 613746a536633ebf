using System.Globalization;
using System.Text;

namespace VoiceFunctions.Load.Reporting;

/// <summary>A run as a page to be read.</summary>
internal static class MarkdownReport
{
    public static string Write(RunReport run)
    {
        var page = new StringBuilder();
        var machine = run.Machine;
        page.Append($"# Measurements{(run.Short ? " (short run)" : "")}\n\n");
        page.Append($"{machine.MeasuredAt:yyyy-MM-dd HH:mm} UTC, commit `{machine.Commit}`. {machine.Processor}, {machine.Cores} cores, {Number(machine.MemoryGiB)} GiB; {machine.System}; {machine.Runtime}. ");
        page.Append("The app is a process of its own; the harness, the providers and storage run on the same machine and take their share of it. Made by `./voice load`; nothing here was written by hand.\n");
        AppendClaims(page, run);
        foreach (var scenario in run.Scenarios)
        {
            page.Append($"\n## {scenario.Name}\n\n{scenario.Question}\n");
            AppendLevels(page, scenario);
            AppendFigures(page, scenario);
        }

        AppendOriginal(page, run);
        return page.ToString();
    }

    private static void AppendClaims(StringBuilder page, RunReport run)
    {
        page.Append("\n## Claims\n\n| | metric | claim | measured | why |\n|---|---|---|---|---|\n");
        foreach (var verdict in run.Claims)
        {
            var mark = verdict.Met ? "met" : verdict.Binding ? "**not met**" : "not met, not held to in a short run";
            page.Append($"| {mark} | `{verdict.Claim.Metric}` | {verdict.Claim.Is} {Number(verdict.Claim.Bound)} | {(verdict.Value is { } value ? Number(value) : "nothing")} | {verdict.Claim.Why} |\n");
        }

        foreach (var contradiction in run.Contradictions)
        {
            page.Append($"\n**Contradiction** in {contradiction}\n");
        }
    }

    private static void AppendLevels(StringBuilder page, ScenarioReport scenario)
    {
        if (scenario.Levels.Count == 0)
        {
            return;
        }

        page.Append("\n| users | requests | success | 1/s | mean s | provider's mean s | ratio | p50 s | p95 s | p99 s | max s | p99 at an even pace s | provider calls | hits | CPU s | peak MiB |\n");
        page.Append("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var level in scenario.Levels)
        {
            var latencies = level.Latencies;
            page.Append($"| {level.Users} | {level.Requests} | {level.SuccessRate * 100:0.##} % | {Number(level.PerSecond)} | {latencies.Mean:0.000} | {level.ProviderMean:0.000} | {level.MeanRatio:0.000} ");
            page.Append($"| {latencies.P50:0.000} | {latencies.P95:0.000} | {latencies.P99:0.000} | {latencies.Max:0.000} | {level.Corrected.P99:0.000} ");
            page.Append($"| {level.ProviderCalls} | {level.Hits} | {level.Processor:0.00} | {level.PeakMemory:0} |\n");
        }

        foreach (var level in scenario.Levels.Where(level => level.Succeeded < level.Requests))
        {
            page.Append($"\nAt {level.Users} users: {string.Join(", ", level.Outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}"))}.\n");
        }
    }

    private static void AppendFigures(StringBuilder page, ScenarioReport scenario)
    {
        if (scenario.Figures.Count == 0)
        {
            return;
        }

        page.Append("\n| figure | | unit | |\n|---|---:|---|---|\n");
        foreach (var figure in scenario.Figures)
        {
            page.Append($"| {figure.Name} | {Number(figure.Value)} | {figure.Unit} | {figure.Meaning} |\n");
        }
    }

    private static void AppendOriginal(StringBuilder page, RunReport run)
    {
        if (run.Scenarios.SelectMany(scenario => scenario.Levels).FirstOrDefault(level => level.Users == Original.Users) is not { } level)
        {
            return;
        }

        var hits = run.Scenarios.SelectMany(scenario => scenario.Figures).FirstOrDefault(figure => figure.Name == "hitRatio");
        page.Append($"\n## Against the report that this project grew out of\n\n| at {Original.Users} users | it claimed | its own log | this run |\n|---|---:|---:|---:|\n");
        page.Append($"| success | {Original.ClaimedSuccess} | {Original.LoggedSuccess} | {level.SuccessRate * 100:0.##} % |\n");
        page.Append($"| mean | {Original.ClaimedMean} | {Original.LoggedMean} | {level.Latencies.Mean:0.00} s at a provider's {level.ProviderMean:0.00} s |\n");
        page.Append($"| cache hits | {Original.ClaimedHits} | {Original.LoggedHits} | {(hits is null ? "not run" : $"{hits.Value * 100:0.0} % of a stream that allows no more")} |\n");
    }

    private static string Number(double value) => double.IsNaN(value) ? "never" : Math.Abs(value) switch
    {
        >= 1000 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}

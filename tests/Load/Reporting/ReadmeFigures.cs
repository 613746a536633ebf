using System.Globalization;
using System.Text;
using System.Text.Json;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Load.Reporting;

/// <summary>The figures of the README, which come from the report in <c>docs/measurements</c> and from nowhere else.</summary>
internal static class ReadmeFigures
{
    private const string Begin = "<!-- figures: ./voice load figures -->\n";
    private const string End = "<!-- end of figures -->";

    /// <summary>Where the report lies that the README is made from.</summary>
    public static DirectoryInfo Folder => new(Path.Combine(Repository.Root, "docs", "measurements"));

    private static string Readme => Path.Combine(Repository.Root, "README.md");

    /// <summary>0 when the README says what the report says, or now does; 1 when it does not and is only to be looked at.</summary>
    public static async Task<int> WriteAsync(bool check, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(Folder.FullName, "report.json"));
        var run = (await JsonSerializer.DeserializeAsync(file, LoadJson.Default.RunReport, cancellationToken))!;
        var readme = await File.ReadAllTextAsync(Readme, cancellationToken);
        var begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidDataException("The README has no place for the figures.");
        }

        var written = string.Concat(readme.AsSpan(0, begin + Begin.Length), Table(run), readme.AsSpan(end));
        if (written == readme)
        {
            Console.WriteLine("The figures of the README are those of the report.");
            return 0;
        }

        if (check)
        {
            Console.Error.WriteLine("The figures of the README are not those of docs/measurements. `./voice load figures` writes them.");
            return 1;
        }

        await File.WriteAllTextAsync(Readme, written, cancellationToken);
        return 0;
    }

    private static string Table(RunReport run)
    {
        var table = new StringBuilder();
        var met = run.Claims.Count(verdict => verdict.Met);
        table.Append($"{run.Machine.MeasuredAt:yyyy-MM-dd}, {run.Machine.Cores} cores ({run.Machine.Processor}) shared by app, harness, providers and storage: {met} of {run.Claims.Count} claims met.\n\n");
        table.Append("| users at once | success | mean | over the provider's own | p99 | memory |\n|---:|---:|---:|---:|---:|---:|\n");
        foreach (var level in run.Scenarios.Where(scenario => scenario.Name == "seed").SelectMany(scenario => scenario.Levels))
        {
            table.Append($"| {level.Users} | {level.SuccessRate * 100:0.##} % | {level.Latencies.Mean:0.000} s | {(level.MeanRatio - 1) * 100:+0.0;-0.0} % | {level.Latencies.P99:0.00} s | {level.PeakMemory:0} MiB |\n");
        }

        var unmet = run.Claims.Where(verdict => !verdict.Met).Select(verdict =>
            $"`{verdict.Claim.Metric}` {verdict.Claim.Is} {Number(verdict.Claim.Bound)}, measured {(verdict.Value is { } value ? Number(value) : "nothing")}");
        if (unmet.Any())
        {
            table.Append($"\nNot met: {string.Join("; ", unmet)}.\n");
        }

        return table.ToString();
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

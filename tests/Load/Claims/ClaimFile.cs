using System.Text.Json;
using VoiceFunctions.Load.Reporting;

namespace VoiceFunctions.Load.Claims;

/// <summary>The claims that are made of the app, and what a run makes of them.</summary>
internal static class ClaimFile
{
    private static string File => Path.Combine(AppContext.BaseDirectory, "claims.json");

    /// <summary>Holds the claims about the scenarios that ran against what was measured.</summary>
    public static async Task<IReadOnlyList<Verdict>> JudgeAsync(IReadOnlyList<ScenarioReport> reports, bool brief, CancellationToken cancellationToken)
    {
        await using var file = System.IO.File.OpenRead(File);
        var claims = (await JsonSerializer.DeserializeAsync(file, LoadJson.Default.ClaimArray, cancellationToken))!;
        var metrics = reports.SelectMany(report => report.Metrics()).ToDictionary(metric => metric.Metric, metric => metric.Value, StringComparer.Ordinal);
        var ran = reports.Select(report => report.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. claims
                .Where(claim => ran.Contains(claim.Metric.Split('.')[0]))
                .Select(claim => new Verdict(claim, metrics.TryGetValue(claim.Metric, out var value) ? value : null, Binding: !brief || claim.Exact))
                // A short run leaves out the largest loads.
                .Where(verdict => verdict.Value is not null || verdict.Binding),
        ];
    }
}

using System.Globalization;
using System.Text;

namespace VoiceFunctions.Usage;

/// <summary>
/// A report as RFC 4180 has it, a header line first. A name that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV
/// injection"); numbers stay numbers.
/// </summary>
internal static class UsageCsv
{
    private static readonly (string Name, Func<UsageFigures, object?> Value)[] Columns =
    [
        ("requests", row => row.Requests), ("errors", row => row.Errors), ("cancelled", row => row.Cancelled),
        ("characters", row => row.Characters), ("audioSeconds", row => row.AudioSeconds),
        ("cacheHits", row => row.CacheHits), ("cacheShared", row => row.CacheShared),
        ("latencyP50", row => row.Latency.P50), ("latencyP95", row => row.Latency.P95), ("latencyP99", row => row.Latency.P99),
        ("billedCharacters", row => row.BilledUnits.Characters), ("billedBytes", row => row.BilledUnits.Bytes),
        ("billedTokens", row => row.BilledUnits.Tokens), ("billedSeconds", row => row.BilledUnits.Seconds),
        ("costUsd", row => row.CostUsd), ("knownCostUsd", row => row.KnownCostUsd), ("unpricedRequests", row => row.UnpricedRequests),
        ("savedUsd", row => row.SavedUsd), ("knownSavedUsd", row => row.KnownSavedUsd), ("unpricedHits", row => row.UnpricedHits),
    ];

    public static string Write(IReadOnlyList<string> groupBy, IEnumerable<UsageFigures> rows)
    {
        var csv = new StringBuilder();
        Line(csv, groupBy.Concat(Columns.Select(column => column.Name)));
        foreach (var row in rows)
        {
            Line(csv, groupBy.Select(name => Text(row.Group![name])).Concat(Columns.Select(column => Convert.ToString(column.Value(row), CultureInfo.InvariantCulture)!)));
        }

        return csv.ToString();
    }

    private static void Line(StringBuilder csv, IEnumerable<string> cells) => csv.AppendJoin(',', cells).Append("\r\n");

    private static string Text(string? value)
    {
        var harmless = value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? $"'{value}" : value ?? string.Empty;
        return harmless.AsSpan().ContainsAny(",\"\r\n") ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}

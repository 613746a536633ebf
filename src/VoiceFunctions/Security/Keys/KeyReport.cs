using System.Globalization;

namespace VoiceFunctions.Security.Keys;

/// <summary>Keys as a table for a terminal.</summary>
internal static class KeyReport
{
    private static readonly string[] Heads = ["ID", "NAME", "TENANT", "RIGHTS", "RATE", "BUDGET", "CREATED", "STATE"];

    public static async Task WriteAsync(TextWriter output, IEnumerable<AccessKey> keys, DateTimeOffset now)
    {
        string[][] rows = [Heads, .. keys.OrderBy(key => key.CreatedAt).Select(key => Row(key, now))];
        var widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            await output.WriteLineAsync(string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
        }
    }

    private static string[] Row(AccessKey key, DateTimeOffset now) =>
    [
        key.Id,
        key.Caller.KeyName!,
        key.Caller.Tenant,
        string.Join(',', key.Caller.Rights.Names()),
        key.Caller.RequestsPerMinute is { } rate ? $"{rate}/min" : "-",
        key.Caller.MonthlyBudgetUsd is { } budget ? $"${budget.ToString("0.00##", CultureInfo.InvariantCulture)}" : "-",
        Day(key.CreatedAt),
        State(key, now),
    ];

    private static string State(AccessKey key, DateTimeOffset now) => key switch
    {
        { RevokedAt: { } revoked } => $"revoked {Day(revoked)}",
        { ExpiresAt: { } end } => $"{(end <= now ? "expired" : "until")} {Day(end)}",
        _ => "good",
    };

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using VoiceFunctions.Problems;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Usage;

/// <summary>
/// Adds up a tenant's usage: what is stored, by day partition, and what this instance holds in memory in place of the same rows as stored. So what an
/// instance has served is in its own reports at once, and in those of others after a flush.
/// </summary>
internal sealed class UsageReader(UsageAggregator aggregator, UsageTable table)
{
    /// <summary>Sorts after every row of a day.</summary>
    private const string EndOfDay = "24";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    /// <exception cref="ProblemException">Storage cannot be reached, or the query gives too much.</exception>
    public async Task<UsageReport> ReadAsync(string tenant, UsageQuery query, CancellationToken cancellationToken)
    {
        // Memory first: what is stored and let go of in between is then counted from memory alone, by its key.
        var inMemory = aggregator.Rows(tenant).ToLookup(row => row.Partition);
        var report = new UsageReport(query);
        for (var day = DateOnly.FromDateTime(query.From.DateTime); day.ToDateTime(TimeOnly.MinValue) < query.To.DateTime; day = day.AddDays(1))
        {
            await AddDayAsync(report, tenant, day, inMemory, cancellationToken);
        }

        return report;
    }

    private async Task AddDayAsync(UsageReport report, string tenant, DateOnly day, ILookup<string, UsageRow> inMemory, CancellationToken cancellationToken)
    {
        var partition = new UsagePartition(tenant, day).ToString();
        var held = inMemory[partition].ToDictionary(row => row.RowKey);
        var begin = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var first = UsageRowKey.First(report.Query.From > begin ? TimeOnly.FromDateTime(report.Query.From.DateTime) : TimeOnly.MinValue);
        var end = report.Query.To < begin.AddDays(1) ? UsageRowKey.First(TimeOnly.FromDateTime(report.Query.To.DateTime)) : EndOfDay;
        try
        {
            await foreach (var row in table.ReadAsync(partition, first, end, cancellationToken))
            {
                if (!held.ContainsKey(row.RowKey))
                {
                    Add(report, day, row);
                }
            }
        }
        catch (Exception exception) when (StorageFailure.Is(exception, cancellationToken))
        {
            throw new ProblemException(ProblemKind.StorageUnavailable, "Usage is in storage, which cannot be reached.", exception) { RetryAfter = RetryAfter };
        }

        foreach (var row in held.Values)
        {
            if (string.CompareOrdinal(row.RowKey, first) >= 0 && string.CompareOrdinal(row.RowKey, end) < 0)
            {
                Add(report, day, row);
            }
        }
    }

    private static void Add(UsageReport report, DateOnly day, UsageRow row)
    {
        var minute = new DateTimeOffset(day, UsageRowKey.MinuteOf(row.RowKey), TimeSpan.Zero);
        foreach (var (series, sums) in UsageRowFormat.Read(row.Content.Span))
        {
            report.Add(minute, series, sums);
        }
    }
}

using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Caching;

/// <summary>
/// Removes what is too old, then what was not used for longest where a tenant has more than it may, then what crashes have left. It walks the index, a
/// partition for each tenant and day of last use; two instances may run it at the same time.
/// </summary>
public sealed partial class SpeechEviction
{
    private readonly CacheTables? _tables;
    private readonly SpeechCacheMetrics _metrics;
    private readonly SpeechCacheOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal SpeechEviction(CacheStorage storage, SpeechCacheMetrics metrics, IOptions<SpeechCacheOptions> options, TimeProvider time, ILogger<SpeechEviction> logger) =>
        (_tables, _metrics, _options, _time, _logger) = (storage.Tables, metrics, options.Value, time, logger);

    public async Task<EvictionReport> RunAsync(CancellationToken cancellationToken)
    {
        var report = new EvictionReport();
        if (_tables is not { } tables)
        {
            return report;
        }

        await tables.CreateAsync(cancellationToken);
        List<(string Tenant, DateOnly Day)> partitions = [];
        await foreach (var row in tables.Index.QueryAsync<TableEntity>(row => row.PartitionKey == CacheRows.Partitions, cancellationToken: cancellationToken))
        {
            if (CacheRows.Parse(row.RowKey) is { } partition)
            {
                partitions.Add(partition);
            }
        }

        var remover = new EntryRemover(tables, _metrics, _options, _time, report);
        var sweep = new OrphanSweep(tables, remover, _options, _time);
        foreach (var tenant in partitions.GroupBy(partition => partition.Tenant, StringComparer.Ordinal))
        {
            await EvictAsync(tables, [.. tenant.Select(partition => partition.Day).Order()], tenant.Key, remover, sweep, report, cancellationToken);
        }

        await sweep.RunAsync(cancellationToken);
        _metrics.Counted(report.Bytes, report.Entries);
        LogReport(report.Aged, report.Crowded, report.Orphans, report.Entries, report.Bytes);
        return report;
    }

    private async Task EvictAsync(
        CacheTables tables, DateOnly[] days, string tenant, EntryRemover remover, OrphanSweep sweep, EvictionReport report, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var (bytes, entries) = (0L, 0L);
        Dictionary<string, (string Partition, long Bytes)> seen = new(StringComparer.Ordinal);
        foreach (var day in days)
        {
            var partition = CacheRows.Partition(tenant, day);
            var count = 0;
            await foreach (var (key, entry) in tables.EntriesAsync(partition, cancellationToken))
            {
                count++;
                var reason = entry.MadeAt is { } madeAt
                    ? now - madeAt >= _options.MaxAge ? EvictionReason.Age : default(EvictionReason?)
                    : now - entry.LastUsedAt >= _options.OrphanAge ? EvictionReason.Orphan : null;
                if ((reason is { } why ? await remover.RemoveAsync(partition, key, entry, why, cancellationToken) : entry) is not { MadeAt: not null } kept)
                {
                    continue;
                }

                if (seen.Remove(key, out var older))
                {
                    // A crash between the two writes of a move has left the older entry.
                    await tables.UnindexAsync(older.Partition, key, cancellationToken);
                    (bytes, entries) = (bytes - older.Bytes, entries - 1);
                }

                seen[key] = (partition, kept.Bytes);
                (bytes, entries) = (bytes + kept.Bytes, entries + 1);
                sweep.Suggest(partition, key, kept);
            }

            // Nothing that is served any more can come to lie in it.
            if (count == 0 && now.UtcDateTime - day.ToDateTime(TimeOnly.MinValue) > _options.MaxAge + TimeSpan.FromDays(2))
            {
                await tables.UnindexAsync(CacheRows.Partitions, partition, cancellationToken);
            }
        }

        foreach (var day in days)
        {
            if (bytes <= _options.MaxBytesPerTenant)
            {
                break;
            }

            (bytes, entries) = await MakeRoomAsync(tables, CacheRows.Partition(tenant, day), remover, bytes, entries, cancellationToken);
        }

        (report.Bytes, report.Entries) = (report.Bytes + bytes, report.Entries + entries);
    }

    /// <summary>Removes what was not used for longest of a partition, until the tenant has no more than it may.</summary>
    private async Task<(long Bytes, long Entries)> MakeRoomAsync(
        CacheTables tables, string partition, EntryRemover remover, long bytes, long entries, CancellationToken cancellationToken)
    {
        var oldest = new PriorityQueue<(string Key, IndexEntry Entry), DateTimeOffset>();
        await foreach (var (key, entry) in tables.EntriesAsync(partition, cancellationToken))
        {
            if (entry.MadeAt is not null)
            {
                oldest.Enqueue((key, entry), entry.LastUsedAt);
            }
        }

        while (bytes > _options.MaxBytesPerTenant && oldest.TryDequeue(out var next, out _))
        {
            var kept = await remover.RemoveAsync(partition, next.Key, next.Entry, EvictionReason.Size, cancellationToken);
            if (kept is null)
            {
                (bytes, entries) = (bytes - next.Entry.Bytes, entries - 1);
            }
            else if (kept.LastUsedAt > next.Entry.LastUsedAt && CacheRows.Partition(kept.Tenant, kept.LastUsedAt) == partition)
            {
                oldest.Enqueue((next.Key, kept), kept.LastUsedAt);
            }
        }

        return (bytes, entries);
    }

    [LoggerMessage(LogLevel.Information, "Evicted {Aged} old and {Crowded} little used results and {Orphans} left-overs; {Entries} results of {Bytes} bytes stay.")]
    private partial void LogReport(int aged, int crowded, int orphans, long entries, long bytes);
}

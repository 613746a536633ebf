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
        var sweep = new OrphanSweep(tables, remover, report, _options, _time);
        await sweep.BeginAsync(cancellationToken);
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
        Dictionary<string, PartitionSize> sizes = new(StringComparer.Ordinal);
        Dictionary<string, (string Partition, long Bytes)> seen = new(StringComparer.Ordinal);
        foreach (var day in days)
        {
            var partition = CacheRows.Partition(tenant, day);
            var (size, count) = (PartitionSize.Empty, 0);
            await foreach (var (key, entry) in tables.EntriesAsync(partition, cancellationToken))
            {
                count++;
                if ((WhyRemove(entry) is { } why ? await remover.RemoveAsync(partition, key, entry, why, cancellationToken) : entry) is not { MadeAt: not null } kept)
                {
                    continue;
                }

                if (seen.Remove(key, out var older))
                {
                    // A crash between the two writes of a move has left the older entry.
                    await tables.UnindexAsync(older.Partition, key, cancellationToken);
                    sizes[older.Partition] -= older.Bytes;
                }

                seen[key] = (partition, kept.Bytes);
                size += kept.Bytes;
                sweep.Suggest(partition, key, kept);
            }

            sizes[partition] = size;

            // Nothing that is served any more can come to lie in it.
            if (count == 0 && _time.GetUtcNow().UtcDateTime - day.ToDateTime(TimeOnly.MinValue) > _options.MaxAge + TimeSpan.FromDays(2))
            {
                await tables.UnindexAsync(CacheRows.Partitions, partition, cancellationToken);
            }
        }

        await MakeRoomAsync(tables, [.. days.Select(day => CacheRows.Partition(tenant, day))], sizes, remover, cancellationToken);
        report.Bytes += sizes.Values.Sum(size => size.Bytes);
        report.Entries += sizes.Values.Sum(size => size.Entries);
    }

    private EvictionReason? WhyRemove(IndexEntry entry) => entry.MadeAt is { } madeAt
        ? _time.GetUtcNow() - madeAt >= _options.MaxAge ? EvictionReason.Age : null
        : _time.GetUtcNow() - entry.LastUsedAt >= _options.OrphanAge ? EvictionReason.Orphan : null;

    /// <summary>Removes what was not used for longest, until the tenant has no more than it may.</summary>
    private async Task MakeRoomAsync(
        CacheTables tables, string[] partitions, Dictionary<string, PartitionSize> sizes, EntryRemover remover, CancellationToken cancellationToken)
    {
        foreach (var partition in partitions)
        {
            if (Bytes() <= _options.MaxBytesPerTenant)
            {
                return;
            }

            // Counted again: another instance may have removed some of it meanwhile.
            sizes[partition] = PartitionSize.Empty;
            var oldest = new PriorityQueue<(string Key, IndexEntry Entry), DateTimeOffset>();
            await foreach (var (key, entry) in tables.EntriesAsync(partition, cancellationToken))
            {
                if (entry.MadeAt is not null)
                {
                    sizes[partition] += entry.Bytes;
                    oldest.Enqueue((key, entry), entry.LastUsedAt);
                }
            }

            while (Bytes() > _options.MaxBytesPerTenant && oldest.TryDequeue(out var next, out _))
            {
                var kept = await remover.RemoveAsync(partition, next.Key, next.Entry, EvictionReason.Size, cancellationToken);
                var current = kept is null ? null : CacheRows.Partition(kept.Tenant, kept.LastUsedAt);
                if (current != partition)
                {
                    sizes[partition] -= next.Entry.Bytes;
                    if (current is not null)
                    {
                        sizes[current] = sizes.GetValueOrDefault(current, PartitionSize.Empty) + kept!.Bytes;
                    }
                }
                else if (kept!.LastUsedAt > next.Entry.LastUsedAt)
                {
                    oldest.Enqueue((next.Key, kept), kept.LastUsedAt);
                }
            }
        }

        long Bytes() => sizes.Values.Sum(size => size.Bytes);
    }

    [LoggerMessage(LogLevel.Information, "Evicted {Aged} old and {Crowded} little used results and {Orphans} left-overs; {Entries} results of {Bytes} bytes stay.")]
    private partial void LogReport(int aged, int crowded, int orphans, long entries, long bytes);
}

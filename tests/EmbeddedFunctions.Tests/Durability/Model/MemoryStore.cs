using System.Globalization;
using System.Text;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>Storage as the interface promises it, and stricter than the real one about what may be asked of it.</summary>
internal sealed class MemoryStore : IHubStore
{
    private const int MostWrites = 100;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Partition, string Key), HubRow> _rows = new(Comparer<(string Partition, string Key)>.Create((one, two) =>
        string.CompareOrdinal(one.Partition, two.Partition) is var order and not 0 ? order : string.CompareOrdinal(one.Key, two.Key)));

    private readonly SortedDictionary<string, BinaryData> _blobs = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>How many rows were written.</summary>
    public long Writes => Interlocked.Read(ref _version);

    public Task CreateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HubRow?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
        AskAsync(() => _rows.GetValueOrDefault((partition, key)));

    public Task<IReadOnlyList<HubRow>> QueryAsync(string partition, string from, string to, int? limit, CancellationToken cancellationToken) =>
        SelectAsync(row => row.Partition == partition && string.CompareOrdinal(row.Key, from) >= 0 && string.CompareOrdinal(row.Key, to) < 0, limit);

    public Task<IReadOnlyList<HubRow>> QueryPartitionsAsync(string from, string to, string key, int limit, CancellationToken cancellationToken) =>
        SelectAsync(row => row.Key == key && string.CompareOrdinal(row.Partition, from) >= 0 && string.CompareOrdinal(row.Partition, to) < 0, limit);

    public Task<IReadOnlyList<string>?> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken) =>
        AskAsync(() =>
        {
            Assert.InRange(writes.Count, 1, MostWrites);
            Assert.Equal(writes.Count, writes.Select(write => write.Key).Distinct(StringComparer.Ordinal).Count());
            return writes.All(write => Holds(partition, write)) ? (IReadOnlyList<string>?)[.. writes.Select(write => Write(partition, write))] : null;
        });

    public Task PutBlobAsync(string name, BinaryData content, CancellationToken cancellationToken) => AskAsync(() => _blobs[name] = content);

    public Task<BinaryData?> GetBlobAsync(string name, CancellationToken cancellationToken) => AskAsync(() => _blobs.GetValueOrDefault(name));

    public Task DeleteBlobAsync(string name, CancellationToken cancellationToken) => AskAsync(() => _blobs.Remove(name));

    public Task<IReadOnlyList<string>> ListBlobsAsync(string prefix, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<string>>(() => [.. _blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))]);

    /// <summary>Everything that is stored, for whoever wonders why a test hangs.</summary>
    public string Describe()
    {
        lock (_lock)
        {
            return string.Join('\n', _rows.Values.Select(row => $"{row.Partition} {row.Key} {Encoding.UTF8.GetString(row.Data)}"));
        }
    }

    private string Next() => Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);

    private bool Holds(string partition, RowWrite write)
    {
        var row = _rows.GetValueOrDefault((partition, write.Key));
        return write.Kind == RowWriteKind.Insert ? row is null : row is not null && (write.ETag is null || write.ETag == row.ETag);
    }

    private string Write(string partition, RowWrite write)
    {
        if (write.Kind == RowWriteKind.Delete)
        {
            _rows.Remove((partition, write.Key));
            return string.Empty;
        }

        return (_rows[(partition, write.Key)] = new HubRow(partition, write.Key, write.Data, Next())).ETag;
    }

    private Task<IReadOnlyList<HubRow>> SelectAsync(Func<HubRow, bool> predicate, int? limit) =>
        AskAsync<IReadOnlyList<HubRow>>(() => [.. _rows.Values.Where(predicate).Take(limit ?? int.MaxValue)]);

    private async Task<T> AskAsync<T>(Func<T> ask)
    {
        // Whoever else has something to do comes first, as with storage that is far away.
        await Task.Yield();
        lock (_lock)
        {
            return ask();
        }
    }
}

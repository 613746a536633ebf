namespace VoiceFunctions.Usage;

/// <summary>What calls under a key's name have cost in a month: here, and on other instances as far as they have stored it.</summary>
internal sealed class KeySpending(SpendingMonth month, string instance)
{
    private readonly Lock _lock = new();
    private Spending _here;
    private long _version;
    private long _written;
    private OthersSpending? _others;
    private Task<Spending>? _reading;

    public SpendingMonth Month => month;

    public bool IsChanged
    {
        get
        {
            lock (_lock)
            {
                return _version > _written;
            }
        }
    }

    public void Add(Spending spending)
    {
        lock (_lock)
        {
            _here += spending;
            _version++;
        }
    }

    /// <summary>The total of this instance, to replace what is stored.</summary>
    public UsageRow ToRow()
    {
        lock (_lock)
        {
            return new UsageRow(month.Partition, month.Row(instance), _here.Write(), _version);
        }
    }

    /// <summary>What <see cref="ToRow"/> gave has been stored. It may have changed again since.</summary>
    public void Written(UsageRow row)
    {
        lock (_lock)
        {
            _written = Math.Max(_written, row.Version);
        }
    }

    /// <summary>
    /// The costs so far. Those of others are read before the first answer; once they are older than <paramref name="interval"/>, they are read again, and nobody
    /// waits for it.
    /// </summary>
    public async ValueTask<Spending> TotalAsync(UsageTable table, TimeSpan interval, TimeProvider time, CancellationToken cancellationToken)
    {
        OthersSpending? others;
        Task<Spending>? reading = null;
        lock (_lock)
        {
            others = _others;
            if (others is null || time.GetElapsedTime(others.ReadAt) >= interval)
            {
                reading = _reading is { IsCompleted: false } ? _reading : _reading = ReadAsync(table, time);
            }
        }

        var elsewhere = others?.Spending ?? await reading!.WaitAsync(cancellationToken);
        if (others is not null && reading is not null)
        {
            // What is known counts on when storage is away; an exception that nobody has looked at is one that nobody waits for.
            _ = reading.ContinueWith(static read => _ = read.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        lock (_lock)
        {
            return _here + elsewhere;
        }
    }

    private async Task<Spending> ReadAsync(UsageTable table, TimeProvider time)
    {
        var begin = time.GetTimestamp();
        var own = month.Row(instance);
        var total = default(Spending);
        await foreach (var row in table.ReadAsync(month.Partition, month.First, month.End, CancellationToken.None))
        {
            total += row.RowKey == own ? default : Spending.Read(row.Content.Span);
        }

        lock (_lock)
        {
            _others = new OthersSpending(begin, total);
        }

        return total;
    }

    /// <param name="ReadAt">A timestamp.</param>
    /// <param name="Spending">On every other instance.</param>
    private sealed record OthersSpending(long ReadAt, Spending Spending);
}

namespace VoiceFunctions.Security.Keys;

/// <summary>What is known of one id, and the look-up that is under way for it, if one is.</summary>
internal sealed class KeySlot(string id)
{
    private readonly Lock _lock = new();
    private volatile KeyReading? _last;
    private Task<AccessKey?>? _running;

    /// <summary>What the last look-up that did not fail has found.</summary>
    public KeyReading? Last => _last;

    public bool IsReading => _running is { IsCompleted: false };

    /// <summary>Joins the look-up that is under way, or begins one. It belongs to all who wait for it, so none of them can cancel it.</summary>
    public Task<AccessKey?> ReadAsync(IKeySource source, TimeProvider time)
    {
        lock (_lock)
        {
            return IsReading ? _running! : _running = RunAsync(source, time);
        }
    }

    private async Task<AccessKey?> RunAsync(IKeySource source, TimeProvider time)
    {
        // As of its begin: what was changed since then it may not have seen.
        var begin = time.GetTimestamp();
        var key = await source.FindAsync(id, CancellationToken.None);
        _last = new KeyReading(begin, key);
        return key;
    }
}

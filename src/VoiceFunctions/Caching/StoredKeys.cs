namespace VoiceFunctions.Caching;

/// <summary>
/// The results that storage is known to have, as far as this process remembers: a bounded number, the oldest forgotten first. Storage may have removed one since;
/// who takes it to be there waits longer for storage to say so, and that is all.
/// </summary>
internal sealed class StoredKeys
{
    /// <summary>Keys whose fingerprints share a row. With one place each, a hundredth of two thousand would push another out.</summary>
    private const int Ways = 8;
    private const int Rows = 1 << 13;

    private readonly ulong[] _prints = new ulong[Rows * Ways];
    private readonly Lock _lock = new();

    public void Add(SpeechCacheKey key)
    {
        var row = Row(key);
        lock (_lock)
        {
            if (!row.Contains(Print(key)))
            {
                row[..^1].CopyTo(row[1..]);
                row[0] = Print(key);
            }
        }
    }

    public bool Contains(SpeechCacheKey key)
    {
        lock (_lock)
        {
            return Row(key).Contains(Print(key));
        }
    }

    private Span<ulong> Row(SpeechCacheKey key) => _prints.AsSpan((int)((ulong)key.Low % Rows) * Ways, Ways);

    private static ulong Print(SpeechCacheKey key) => (ulong)key.High;
}

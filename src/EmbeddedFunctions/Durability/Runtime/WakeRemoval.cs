using System.Collections.Concurrent;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>Removes wake rows in the background, up to 100 in one transaction. A crash leaves some, which cost the next owner a look at their instances.</summary>
internal sealed class WakeRemoval(HubServices services)
{
    private const int RowsAtOnce = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, bool> _keys = new(StringComparer.Ordinal);

    public bool Contains(string key) => _keys.ContainsKey(key);

    public void Add(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            _keys.TryAdd(key, true);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Interval, services.Clock.Provider, cancellationToken);
            await FlushAsync(cancellationToken);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var keys in _keys.Keys.Chunk(RowsAtOnce))
        {
            await services.Index.RemoveWakesAsync(keys, cancellationToken);
            Array.ForEach(keys, key => _keys.TryRemove(key, out _));
        }
    }
}

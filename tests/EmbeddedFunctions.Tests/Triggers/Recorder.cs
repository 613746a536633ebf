using System.Threading.Channels;

namespace EmbeddedFunctions.Tests.Triggers;

/// <summary>What functions tell a test, in order.</summary>
public sealed class Recorder<T>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    public bool IsEmpty => !_items.Reader.TryPeek(out _);

    public void Add(T item) => Assert.True(_items.Writer.TryWrite(item));

    public async Task<T> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        return await _items.Reader.ReadAsync(patience.Token);
    }
}

using Microsoft.DurableTask;

namespace EmbeddedFunctions.Durability.Replay;

internal sealed class EventWait<T>(string name, DataConverter converter) : IEventWait
{
    private readonly TaskCompletionSource<T> _source = new();

    public string Name => name;

    Type IEventWait.Type => typeof(T);

    public Task<T> Task => _source.Task;

    public bool Cancel(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);

    void IEventWait.Complete(string? payload)
    {
        try
        {
            _source.TrySetResult(converter.Deserialize<T>(payload)!);
        }
        catch (Exception exception)
        {
            _source.TrySetException(exception);
        }
    }
}

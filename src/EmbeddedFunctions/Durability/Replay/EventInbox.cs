using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>Brings events and waits together. Events without a wait are kept in their order; of several waits for a name the latest gets the event.</summary>
internal sealed class EventInbox
{
    private readonly LinkedList<IEventWait> _waits = [];
    private readonly LinkedList<HistoryEvent.EventRaised> _kept = [];

    public bool HasWaits => _waits.Count > 0;

    /// <summary>What nobody has waited for, in the order in which it came.</summary>
    public IReadOnlyList<HistoryEvent.EventRaised> Unprocessed => [.. _kept];

    public void Raise(HistoryEvent.EventRaised raised)
    {
        for (var node = _waits.Last; node is not null; node = node.Previous)
        {
            if (IsSame(node.Value.Name, raised.Name))
            {
                _waits.Remove(node);
                node.Value.Complete(raised.Input?.Value);
                return;
            }
        }

        _kept.AddLast(raised);
    }

    /// <summary>Gives the wait an event that has come already, or keeps it.</summary>
    /// <exception cref="ArgumentException">There is a wait for this name with another type.</exception>
    public void Wait(IEventWait wait)
    {
        if (_waits.FirstOrDefault(other => IsSame(other.Name, wait.Name) && other.Type != wait.Type) is { } other)
        {
            throw new ArgumentException($"Event '{wait.Name}' is awaited as {other.Type.FullName} already, which {wait.Type.FullName} is not.", nameof(wait));
        }

        for (var node = _kept.First; node is not null; node = node.Next)
        {
            if (IsSame(node.Value.Name, wait.Name))
            {
                _kept.Remove(node);
                wait.Complete(node.Value.Input?.Value);
                return;
            }
        }

        _waits.AddLast(wait);
    }

    /// <summary>A wait that was cancelled takes no event.</summary>
    public void Remove(IEventWait wait) => _waits.Remove(wait);

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>A wait for an event, whatever the type of the event is.</summary>
internal interface IEventWait
{
    string Name { get; }

    Type Type { get; }

    void Complete(string? payload);
}

using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>What the parts of a hub share. The owner has a store that never gives up; a client's gives up after a while.</summary>
internal sealed class HubServices(
    IHubStore store, HubClock clock, HubDoor door, DataConverter converter, DurableSettings settings, ILoggerFactory loggers)
{
    public IHubStore Store { get; } = store;

    public HubClock Clock { get; } = clock;

    public HubDoor Door { get; } = door;

    public DataConverter Converter { get; } = converter;

    public DurableSettings Settings { get; } = settings;

    public ILoggerFactory Loggers { get; } = loggers;

    public ILogger Logger { get; } = loggers.CreateLogger("EmbeddedFunctions.DurableTask");

    public Payloads Payloads { get; } = new(store);

    public HubIndex Index { get; } = new(store, clock, door);
}

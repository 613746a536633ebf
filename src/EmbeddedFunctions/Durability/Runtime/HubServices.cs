using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>What the parts of a hub share. The owner has a store that never gives up; a client's gives up after a while.</summary>
internal sealed record HubServices(
    IHubStore Store, HubClock Clock, HubDoor Door, DataConverter Converter, DurableSettings Settings, DurableTuning Tuning, ILoggerFactory Loggers)
{
    public ILogger Logger { get; } = Loggers.CreateLogger("Host.Triggers.DurableTask");

    public Payloads Payloads { get; } = new(Store);

    public HubIndex Index { get; } = new(Store, Clock, Door);
}

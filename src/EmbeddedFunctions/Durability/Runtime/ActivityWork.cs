using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>An activity that is to run.</summary>
internal sealed record ActivityWork(InstanceSession Session, InstanceHead Head, HistoryEvent.ActivityScheduled Activity);

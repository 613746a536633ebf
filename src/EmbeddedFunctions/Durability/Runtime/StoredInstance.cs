using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>An instance as storage has it.</summary>
/// <param name="Head">Its head.</param>
/// <param name="ETag">The version of the head.</param>
/// <param name="History">Of this execution.</param>
/// <param name="LastEpisode">The part of it that the last episode added.</param>
/// <param name="CarryOver">From the execution before this one, until an episode has taken it in.</param>
/// <param name="Messages">The rows of its inbox.</param>
/// <param name="Garbage">Rows of earlier executions.</param>
internal sealed record StoredInstance(
    InstanceHead Head,
    string ETag,
    IReadOnlyList<HistoryEvent> History,
    IReadOnlyList<HistoryEvent> LastEpisode,
    CarryOver? CarryOver,
    IReadOnlyList<HubRow> Messages,
    IReadOnlyList<HubRow> Garbage);

using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Runtime;

/// <param name="Head">The head that it made.</param>
/// <param name="ETag">The version of the head.</param>
/// <param name="Events">What it added to history, as it is stored.</param>
internal sealed record CommittedEpisode(InstanceHead Head, string ETag, IReadOnlyList<HistoryEvent> Events);

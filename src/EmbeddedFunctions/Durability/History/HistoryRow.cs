namespace EmbeddedFunctions.Durability.History;

/// <summary>What one episode adds to history: its events, or the blob that has them when they are too large for a row.</summary>
internal sealed record HistoryRow(IReadOnlyList<HistoryEvent>? Events, string? Blob);

namespace EmbeddedFunctions.Durability.History;

/// <summary>A message of this id has been put into the inbox, and must not be again.</summary>
internal sealed record ReceiptRow(DateTime At);

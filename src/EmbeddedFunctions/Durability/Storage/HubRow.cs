namespace EmbeddedFunctions.Durability.Storage;

/// <summary>A row as it was read.</summary>
internal sealed record HubRow(string Partition, string Key, byte[] Data, string ETag);

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>BlobTriggerMessage of the official extension.</summary>
internal sealed record PoisonMessage(string Type, string FunctionId, string BlobType, string ContainerName, string BlobName, string ETag);

namespace EmbeddedFunctions.Tests.Blobs;

/// <summary>What an execution of a blob function saw: the name and the content of its blob.</summary>
public sealed record BlobRun(string Name, string Content);

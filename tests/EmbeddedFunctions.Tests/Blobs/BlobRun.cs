namespace EmbeddedFunctions.Tests.Blobs;

/// <summary>One execution of a blob function, when it began: which of the apps, the blob's name and content.</summary>
public sealed record BlobRun(string Name, string Content);

namespace VoiceFunctions.Jobs;

/// <summary>One version of a blob: read with the ETag as a condition, so that what is written over it in between is never taken for it.</summary>
internal sealed record BlobReference(string Container, string Name, string ETag, long Bytes);

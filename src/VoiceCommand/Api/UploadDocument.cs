namespace VoiceCommand.Api;

/// <summary>Where a large file goes, and what a job calls it.</summary>
internal sealed record UploadDocument(string Blob, Uri UploadUrl);

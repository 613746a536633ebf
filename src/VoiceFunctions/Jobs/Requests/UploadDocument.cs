namespace VoiceFunctions.Jobs.Requests;

/// <summary>Where a file can be put, and under which name a job finds it there.</summary>
internal sealed record UploadDocument(string Blob, Uri UploadUrl, DateTimeOffset ExpiresAt);

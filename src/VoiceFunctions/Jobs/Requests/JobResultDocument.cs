namespace VoiceFunctions.Jobs.Requests;

/// <summary>A file that a job has made, and the address to fetch it from.</summary>
internal sealed record JobResultDocument(string Name, string MediaType, long Bytes, string Url);

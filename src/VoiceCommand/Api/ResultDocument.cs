namespace VoiceCommand.Api;

/// <summary>A file that a job has made. Its address is relative to the app.</summary>
internal sealed record ResultDocument(string Name, string MediaType, long Bytes, string Url);

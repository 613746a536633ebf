namespace VoiceCommand.Api;

/// <summary>The answer to who orders a job.</summary>
internal sealed record AcceptedDocument(string Id);

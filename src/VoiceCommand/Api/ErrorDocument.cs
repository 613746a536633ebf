namespace VoiceCommand.Api;

/// <summary>Why a job failed.</summary>
internal sealed record ErrorDocument(string? Code, string? Detail);

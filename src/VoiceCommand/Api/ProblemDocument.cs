namespace VoiceCommand.Api;

/// <summary>The body of an error (RFC 9457).</summary>
internal sealed record ProblemDocument(string? Title, string? Detail, string? Code);
